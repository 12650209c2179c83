"""All that a plugin imports: hooks, the values they return, and base classes for its tables.

The contract is versioned by ``API_VERSION``: a new hook or argument raises the second number, a
removed or renamed one the first. A plugin states the range it fits in its ``PluginInfo``.
"""

from core.db.base import Base, DataClass, internal, personal, public, restricted, sensitive
from core.kit.clock import local_date
from core.kit.language import Text
from core.plugin_api.alerts import Alert, Attention, Moment
from core.plugin_api.days import working_days_after
from core.plugin_api.documents import (
    Block,
    Cell,
    Figure,
    FigureState,
    Heading,
    Paragraph,
    Table,
)
from core.plugin_api.exports import Export, ExportContext
from core.plugin_api.figures import (
    AGE_BANDS,
    AllUnits,
    Average,
    Breakdown,
    Change,
    Count,
    Formula,
    Indicator,
    Measure,
    Ratio,
    Sum,
    Units,
    UnitsRatio,
    UnitsWhole,
)
from core.plugin_api.forms import (
    Check,
    Fault,
    Field,
    Form,
    Kind,
    Offer,
    Option,
    Part,
    Roster,
)
from core.plugin_api.handovers import Given, Gives, Takes
from core.plugin_api.hooks import (
    Hooks,
    hookimpl,
)
from core.plugin_api.info import API_VERSION, PluginInfo
from core.plugin_api.records import Records
from core.plugin_api.rules import TODAY, Rule, answer, count_of, sum_of, total_of
from core.plugin_api.values import (
    DemoChild,
    DemoWorld,
    Enrolling,
    EventContext,
    Job,
    JobContext,
    Leaving,
    Made,
    RecordView,
    ReportSection,
    RoleRights,
    Route,
    RouteContext,
    SectionContext,
    Submission,
    SwitchContext,
)
from core.tenancy.models import AreaScoped, Confidential, TenantOwned, tenant_reference
from core.vault.columns import sealed

__all__ = [
    "AGE_BANDS",
    "API_VERSION",
    "TODAY",
    "Alert",
    "AllUnits",
    "AreaScoped",
    "Attention",
    "Average",
    "Base",
    "Block",
    "Breakdown",
    "Cell",
    "Change",
    "Check",
    "Confidential",
    "Count",
    "DataClass",
    "DemoChild",
    "DemoWorld",
    "Enrolling",
    "EventContext",
    "Export",
    "ExportContext",
    "Fault",
    "Field",
    "Figure",
    "FigureState",
    "Form",
    "Formula",
    "Given",
    "Gives",
    "Heading",
    "Hooks",
    "Indicator",
    "Job",
    "JobContext",
    "Kind",
    "Leaving",
    "Made",
    "Measure",
    "Moment",
    "Offer",
    "Option",
    "Paragraph",
    "Part",
    "PluginInfo",
    "Ratio",
    "RecordView",
    "Records",
    "ReportSection",
    "RoleRights",
    "Roster",
    "Route",
    "RouteContext",
    "Rule",
    "SectionContext",
    "Submission",
    "Sum",
    "SwitchContext",
    "Table",
    "Takes",
    "TenantOwned",
    "Text",
    "Units",
    "UnitsRatio",
    "UnitsWhole",
    "answer",
    "count_of",
    "hookimpl",
    "internal",
    "local_date",
    "personal",
    "public",
    "restricted",
    "sealed",
    "sensitive",
    "sum_of",
    "tenant_reference",
    "total_of",
    "working_days_after",
]
