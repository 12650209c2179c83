"""Prints a province's report with a plugin's section; run apart, for it maps the plugin's tables.

Arguments: the plugin's key. Its folder is on the path.
"""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint

from core.kit.periods import Period
from core.registry.loading import GROUP
from core.reports.build import build_report
from core.reports.html import to_html
from core.reports.service import open_report
from core.reports.source import source_for
from core.tenancy.models import Tenant
from core.testing.plugins import migrated_copy, open_world, registry_with

key = sys.argv[1]
registry = registry_with(EntryPoint(name=key, value=f"{key}.plugin", group=GROUP))
with migrated_copy(registry) as database:
    world = open_world(registry, database)
    for tenant in (1, 2):
        world.switch_on(key, tenant)
    world.enter(1, list(registry.enabled({key}).demo_records(world.demo())))
    for tenant in (1, 2):
        world.count(tenant)
        with world.door.tenant_session(tenant) as session:
            found = session.get_one(Tenant, tenant)
            period = Period.parse("2018")
            source = source_for(session, found, registry.catalogue, period, generated=True)
            report = open_report(session, period)
            page = to_html(build_report(session, report, source))
        sys.stdout.write(f"{page}\n=== next ===\n")
