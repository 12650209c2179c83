"""How often people were told, how many came, how many were trained."""

from __future__ import annotations

from core.db.base import DataClass
from core.events import options
from core.events.incidents.models import UrgentIncident
from core.events.models import CommunicationEvent, CommunicationMaterial, TrainingClass
from core.kit.language import Text
from core.plugin_api.figures import Measure

EVENTS = Measure(
    code="core.communication_events",
    name=Text(vi="Số cuộc truyền thông", en="Communication events"),
    model=CommunicationEvent,
    kind="flow",
    date="held_on",
    sums="n_events",
    detail="event_form",
    detail_options=options.EVENT.options,
    source="programmes §2.8, §2.9",
)
REACHED = Measure(
    code="core.people_reached",
    name=Text(vi="Số lượt người được truyền thông", en="People reached"),
    model=CommunicationEvent,
    kind="flow",
    date="held_on",
    sums="participants_total",
    detail="event_form",
    detail_options=options.EVENT.options,
    source="programmes §2.8, §2.9",
)
CHILDREN_REACHED = Measure(
    code="core.children_reached",
    name=Text(vi="Số lượt trẻ em được truyền thông", en="Children reached"),
    model=CommunicationEvent,
    kind="flow",
    date="held_on",
    where=CommunicationEvent.participants_children.is_not(None),
    sums="participants_children",
    detail="event_form",
    detail_options=options.EVENT.options,
)
MATERIALS = Measure(
    code="core.communication_materials",
    name=Text(vi="Số sản phẩm truyền thông", en="Communication materials"),
    model=CommunicationMaterial,
    kind="flow",
    date="installed_on",
    sums="quantity",
    detail="material_type",
    detail_options=options.MATERIAL.options,
)
CLASSES = Measure(
    code="core.training_classes",
    name=Text(vi="Số lớp tập huấn", en="Training classes"),
    model=TrainingClass,
    kind="flow",
    date="started_on",
    sums="n_classes",
    detail="audience",
    detail_options=options.TRAINED.options,
)
TRAINED = Measure(
    code="core.persons_trained",
    name=Text(vi="Số lượt người được tập huấn", en="Persons trained"),
    model=TrainingClass,
    kind="flow",
    date="started_on",
    sums="participants_total",
    detail="audience",
    detail_options=options.TRAINED.options,
    source="programmes §2.8, §2.9",
)
WOMEN_TRAINED = Measure(
    code="core.women_trained",
    name=Text(vi="Số lượt nữ được tập huấn", en="Women and girls trained"),
    model=TrainingClass,
    kind="flow",
    date="started_on",
    where=TrainingClass.participants_female.is_not(None),
    sums="participants_female",
    detail="audience",
    detail_options=options.TRAINED.options,
)
# Kinds of incident are few and telling: below the province they are protected.
INCIDENTS = Measure(
    code="core.urgent_incidents",
    name=Text(vi="Số vụ việc đột xuất đã báo cáo", en="Urgent incidents reported"),
    model=UrgentIncident,
    kind="flow",
    date="registered_on",
    detail="kind",
    detail_options=options.INCIDENT.options,
    sensitivity=DataClass.RESTRICTED,
    source="programmes §2.9, §2.12",
)

MEASURES = (
    EVENTS,
    REACHED,
    CHILDREN_REACHED,
    MATERIALS,
    CLASSES,
    TRAINED,
    WOMEN_TRAINED,
    INCIDENTS,
)
