"""The project's services are in the province's figures exactly once, and in its own as a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from served import ON, case_of, chosen, found, livelihood, said, service, state

from core.plugin_api import Made, Submission

if TYPE_CHECKING:
    from core.plugin_api import DemoChild
    from core.testing.plugins import PluginWorld

OF_THE_PROVINCE = (
    "core.support_deliveries",
    "core.support_vnd",
    "child_labour.support_packages",
    "child_labour.cases_supported",
    "child_labour.cases_in_education",
    "child_labour.households_supported",
    "core.persons_trained",
    "core.communication_materials",
)
OF_THE_PROJECT = ("ENH-01", "ENH-02", "ENH-03", "ENH-04", "ENH-05", "ENH-06", "ENH-07")


def figures(world: PluginWorld, codes: tuple[str, ...]) -> dict[str, int]:
    world.count(1)
    return {code: world.figure(1, code).count for code in codes}


def more(world: PluginWorld, before: dict[str, int]) -> dict[str, int]:
    """What came on top of it, in the same figures; those that stayed are left out."""
    now = figures(world, tuple(before))
    return {code: now[code] - was for code, was in before.items() if now[code] != was}


def test_a_service_counts_once_in_the_province_and_once_in_the_project(
    world: PluginWorld, child: DemoChild
) -> None:
    case = case_of(child, screening_id=Made("screening"))
    world.enter(1, [found(child), case, chosen(child)])
    province, project = figures(world, OF_THE_PROVINCE), figures(world, OF_THE_PROJECT)
    world.enter(
        1,
        [
            service(child, "school_material", cost_vnd="200000"),
            service(child, "direct_education", 20),
            service(child, "referral", 30),
            livelihood(child, 40),
            livelihood(child, 50),
            state(child, "baseline", 0, 20, ["heat", "dust"]),
            state(child, "endline", 200, 10, ["heat"]),
        ],
    )
    assert more(world, province) == {
        "core.support_deliveries": 5,  # every service, the referral too
        "core.support_vnd": 6_200_000,
        "child_labour.support_packages": 4,  # a referral is no package
        "child_labour.cases_supported": 1,
        "child_labour.cases_in_education": 1,
        "child_labour.households_supported": 1,  # twice in a year is one household
    }
    assert more(world, project) == {"ENH-02": 1, "ENH-03": 1, "ENH-04": 1, "ENH-07": 1}


def test_training_and_material_count_once_in_the_province(world: PluginWorld) -> None:
    here = {"commune_id": str(world.communes[0]), "place": "Hội trường"}
    training = {
        "held_on": said(ON),
        "audience": "commune_cadre",
        "days": "2",
        "participants": "25",
        "women": "10",
    }
    material = {"put_up_on": said(ON), "kind": "poster", "quantity": "7"}
    before = figures(world, (*OF_THE_PROVINCE, *OF_THE_PROJECT))
    world.enter(
        1,
        [
            Submission("ngo_enhance.training", here | training, ON),
            Submission("ngo_enhance.material", here | material, ON),
        ],
    )
    assert more(world, before) == {
        "core.persons_trained": 25,
        "core.communication_materials": 7,
        "ENH-05": 25,
        "ENH-06": 7,
    }


def test_what_the_state_gave_is_no_figure_of_the_project(
    world: PluginWorld, child: DemoChild
) -> None:
    before = figures(world, ("core.support_deliveries", *OF_THE_PROJECT))
    given = {
        "child_id": str(child.id),
        "commune_id": str(child.commune_id),
        "delivered_on": said(ON),
        "support_type": "cash",
        "protection_level": "intervention",
        "amount_vnd": "500000",
    }
    world.enter(1, [Submission("core.support_delivery", given, ON)])
    assert more(world, before) == {"core.support_deliveries": 1}
