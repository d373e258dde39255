"""What apps say of rows group by group: where it is asked for, and nowhere else."""

from __future__ import annotations

import pytest

from generation.engines.builtin.render import render_spec
from projects.spec.edit import put_entity, remove_entity, rename_entity
from projects.spec.identity import Part, with_identities
from projects.spec.models import (
    AppSpec,
    BreakdownSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
    FieldType,
    Measure,
    Period,
    RelationKind,
    RelationSpec,
)
from projects.spec.request import STYLINGS, TECH_STACKS

DJANGO = "Django + HTMX + PostgreSQL"
REACT = "React + FastAPI + PostgreSQL"
BY_DOCTOR = BreakdownSpec(entity="Visit", by="doctor")
FEES = BreakdownSpec(entity="Visit", by="day", measure=Measure.TOTAL, of="fee")
MADE = BreakdownSpec(entity="Doctor", by=None)
FEES_MADE = BreakdownSpec(entity="Visit", by=None, measure=Measure.TOTAL, of="fee")
GRADES = BreakdownSpec(entity="Visit", by="kind", measure=Measure.AVERAGE, of="grade")


def clinic(*breakdowns: BreakdownSpec, charts: bool = False) -> AppSpec:
    """Return doctors and visits, and what is asked of them group by group."""
    visit = EntitySpec(
        name="Visit",
        plural="Visits",
        fields=(
            FieldSpec(name="day", type=FieldType.DATE),
            FieldSpec(name="fee", type=FieldType.DECIMAL),
            FieldSpec(name="grade", type=FieldType.INTEGER),
            FieldSpec(name="kind", type=FieldType.ENUM, choices=("first", "later")),
        ),
        relations=(RelationSpec(kind=RelationKind.MANY_TO_ONE, name="doctor", target="Doctor"),),
    )
    doctor = EntitySpec(name="Doctor", plural="Doctors", fields=(FieldSpec(name="name"),))
    capabilities = (*(["breakdown"] if breakdowns else []), *(["chart"] if charts else []))
    feature = FeatureSpec(
        text="Numbers",
        state=FeatureState.PLANNED,
        entities=("Visit",),
        capabilities=capabilities,
        breakdowns=breakdowns,
    )
    return AppSpec(name="Clinic", entities=(visit, doctor), features=(feature,))


def files_of(spec: AppSpec, stack: str = REACT, styling: str = "Plain CSS") -> dict[str, str]:
    return render_spec(spec, stack, styling)


def test_each_breakdown_is_defined_and_tried_in_both_stacks():
    spec = clinic(BY_DOCTOR, FEES, GRADES)
    django, react = files_of(spec, DJANGO), files_of(spec)
    pages = django["core/views/visit.py"]
    assert 'ByLink("Visits by doctor", "doctor", target=Doctor),' in pages
    assert 'ByMonth("Total fee of visits per month", "day", Sum("fee"), places=2),' in pages
    assert '"Average grade of visits by kind", "kind", Avg("grade"), places=1' in pages
    dashboard = react["backend/app/api/dashboard.py"]
    assert 'groups.ByLink(title="Visits by doctor", model=Visit, by="doctor_id"' in dashboard
    assert 'number=groups.Number("sum", "fee", 2),' in dashboard
    assert "kind=VisitKind," in dashboard
    for tests in (django["tests/test_groups.py"], react["backend/tests/test_breakdowns.py"]):
        assert "def test_visits_by_doctor(" in tests
        assert "def test_total_fee_of_visits_per_month(" in tests
        assert "def test_average_grade_of_visits_by_kind(" in tests


def test_a_chart_by_a_choice_is_one_of_the_breakdowns_where_there_are_some():
    spec = clinic(BY_DOCTOR, charts=True)
    react, django = files_of(spec), files_of(spec, DJANGO)
    assert 'title="Visits by kind"' in react["backend/app/api/dashboard.py"]
    assert "CHOICES" not in react["backend/app/api/dashboard.py"]
    assert 'ByChoice("Visits by kind", "kind", kind=VisitKind),' in django["core/views/visit.py"]
    assert "counted" not in django["core/views/visit.py"]


@pytest.mark.parametrize("stack", TECH_STACKS)
@pytest.mark.parametrize("styling", STYLINGS)
def test_without_a_wish_there_is_nothing_of_it(stack: str, styling: str):
    files = files_of(clinic(charts=True), stack, styling)
    assert not [path for path in files if "groups" in path or "shares" in path]
    assert not [path for path, text in files.items() if "6rem]" in text]


@pytest.mark.parametrize(
    ("stack", "styling", "path", "rule"),
    [
        (DJANGO, "Plain CSS", "static/app.css", "  .share > .share-bar {\n    grid-area: 2"),
        (DJANGO, "Bootstrap", "static/app.css", "  .app-share > .app-bar {\n    grid-area: 2"),
        (DJANGO, "TailwindCSS", "static/app.css", "_6rem\\] > svg {\n    grid-area: 2"),
        (REACT, "Plain CSS", "frontend/src/styles/index.css", "> .shareBar {\n    grid-area: 2"),
        (REACT, "Bootstrap", "frontend/src/styles/index.css", "> .app-bar {\n    grid-area: 2"),
        (REACT, "TailwindCSS", "frontend/src/styles/classes.ts", "max-sm:row-start-2"),
    ],
)
def test_on_narrow_screens_a_bar_has_its_own_line(stack: str, styling: str, path: str, rule: str):
    assert rule in files_of(clinic(BY_DOCTOR), stack, styling)[path]
    assert rule not in files_of(clinic(charts=True), stack, styling)[path]


@pytest.mark.parametrize(
    ("stack", "tests"), [(DJANGO, "test_groups.py`"), (REACT, "test_breakdowns.py`")]
)
def test_the_readme_says_where_they_are_and_what_gives_no_ground(stack: str, tests: str):
    whole = files_of(clinic(BY_DOCTOR), stack)["README.md"]
    assert "## Not done" not in whole
    row = next(line for line in whole.splitlines() if line.startswith("| Numbers"))
    for said in ("numbers of each group of rows", "/groups.py`", tests):
        assert said in row
    gone = BreakdownSpec(entity="Visit", by="ward")
    part = files_of(clinic(BY_DOCTOR, gone), stack)["README.md"]
    assert "no ground for it: breakdown" in part.partition("## Not done")[2]


def test_two_dates_are_told_apart():
    visit, doctor = clinic(FEES).entities
    other = FieldSpec(name="paid on", type=FieldType.DATE)
    visit = visit.model_copy(update={"fields": (*visit.fields, other)})
    paid = BreakdownSpec(entity="Visit", by="paid on")
    spec = clinic(FEES, paid).model_copy(update={"entities": (visit, doctor)})
    dashboard = files_of(spec)["backend/app/api/dashboard.py"]
    assert '"Total fee of visits per month (day)"' in dashboard
    assert '"Visits per month (paid on)"' in dashboard


def test_rows_are_counted_by_when_they_were_made():
    spec = clinic(MADE, FEES, FEES_MADE)
    django, react = files_of(spec, DJANGO), files_of(spec)
    assert 'ByMonth("Doctors per month", "created_at"),' in django["core/views/doctor.py"]
    title = "Total fee of visits added per month"
    assert f'"{title}", "created_at", Sum("fee")' in django["core/views/visit.py"]
    dashboard = react["backend/app/api/dashboard.py"]
    assert 'groups.ByMonth(title="Doctors per month", model=Doctor, by="created_at"),' in dashboard
    assert f'title="{title}"' in dashboard
    in_react, in_django = react["backend/tests/test_breakdowns.py"], django["tests/test_groups.py"]
    for tests in (in_react, in_django):
        assert "def test_doctors_per_month(" in tests
        assert "def test_total_fee_of_visits_added_per_month(" in tests
    assert "from app.models.doctor import Doctor\n" in in_react
    assert "made_at(app, Visit, row, before)" in in_react
    assert "from core.models import Doctor, Visit\n" in in_django
    assert 'Doctor.objects.filter(pk=row["id"]).update(created_at=before)' in in_django


@pytest.mark.parametrize(
    ("per", "name", "label"),
    [
        (Period.DAY, "ByDay", "{today:%a %d %b}"),
        (Period.WEEK, "ByWeek", "{today - into:Week of %d %b}"),
        (Period.YEAR, "ByYear", "{today:%Y}"),
    ],
)
def test_rows_are_counted_by_other_periods(per: Period, name: str, label: str):
    spec = clinic(FEES.model_copy(update={"per": per}), MADE.model_copy(update={"per": per}))
    django, react = files_of(spec, DJANGO), files_of(spec)
    title = f"Total fee of visits per {per}"
    assert f'{name}("{title}", "day", Sum("fee")' in django["core/views/visit.py"]
    assert f'{name}("Doctors per {per}", "created_at"),' in django["core/views/doctor.py"]
    assert f'groups.{name}(title="Doctors per {per}"' in react["backend/app/api/dashboard.py"]
    for code in (django["core/groups.py"], react["backend/app/groups.py"]):
        assert f"class {name}(ByPeriod):" in code
        assert "ByMonth" not in code
    for code in (django["tests/test_groups.py"], react["backend/tests/test_breakdowns.py"]):
        assert label in code


def test_a_design_of_months_does_not_say_so():
    stored = clinic(FEES).model_dump(mode="json")["features"][0]["breakdowns"][0]
    assert "per" not in stored
    assert BreakdownSpec.model_validate({**stored, "per": "week"}).per is Period.WEEK


@pytest.mark.parametrize("stack", TECH_STACKS)
def test_a_field_of_the_same_name_is_not_when_rows_were_made(stack: str):
    visit, doctor = clinic().entities
    own = FieldSpec(name="created at", type=FieldType.DATE)
    doctor = doctor.model_copy(update={"fields": (*doctor.fields, own)})
    by_own = BreakdownSpec(entity="Doctor", by="created at")
    spec = clinic(MADE, by_own).model_copy(update={"entities": (visit, doctor)})
    path = "core/views/doctor.py" if stack == DJANGO else "backend/app/api/dashboard.py"
    code = files_of(spec, stack)[path]
    assert code.count('"created_at"') == 1
    assert '"Doctors added per month"' in code
    assert '"Doctors per month"' in code


def test_what_is_renamed_is_still_counted():
    spec = rename_entity(clinic(BY_DOCTOR, FEES), "Visit", "Stay")
    assert {one.entity for one in spec.features[0].breakdowns} == {"Stay"}
    stay = spec.entities[0]
    fields = tuple(
        field.model_copy(update={"name": "price", "identity": "fee"})
        if field.name == "fee"
        else field
        for field in stay.fields
    )
    renamed = put_entity(spec, stay.model_copy(update={"fields": fields}), replacing="Stay")
    dashboard = files_of(with_identities(spec, renamed))["backend/app/api/dashboard.py"]
    assert 'number=groups.Number("sum", "price", 2),' in dashboard


@pytest.mark.parametrize("stack", TECH_STACKS)
def test_a_name_that_something_else_has_got_since_is_not_what_was_asked_for(stack: str):
    begun = with_renamed(clinic(FEES), {"fee": "cost", "day": "fee"})
    assert "Total cost of visits per month" in "\n".join(files_of(begun, stack).values())
    graded = with_renamed(clinic(GRADES), {"grade": "mark", "fee": "grade"})
    assert "Average mark of visits by kind" in "\n".join(files_of(graded, stack).values())


@pytest.mark.parametrize("stack", TECH_STACKS)
def test_dates_and_links_that_swapped_their_names_are_told_apart(stack: str):
    visit, doctor = clinic().entities
    fields = (*visit.fields, FieldSpec(name="paid on", type=FieldType.DATE))
    nurse = RelationSpec(kind=RelationKind.MANY_TO_ONE, name="nurse", target="Doctor")
    visit = visit.model_copy(update={"fields": fields, "relations": (*visit.relations, nurse)})
    asked = (BreakdownSpec(entity="Visit", by=name) for name in ("paid on", "nurse"))
    spec = clinic(*asked).model_copy(update={"entities": (visit, doctor)})
    swapped = {"day": "paid on", "paid on": "day", "doctor": "nurse", "nurse": "doctor"}
    dashboard = "\n".join(files_of(with_renamed(spec, swapped), stack).values())
    assert "Visits per month (day)" in dashboard
    assert "Visits by doctor" in dashboard
    assert "per month (paid on)" not in dashboard
    assert "Visits by nurse" not in dashboard


def test_a_choice_that_got_the_name_of_a_link_groups_nothing_in_its_place():
    spec = with_renamed(clinic(BY_DOCTOR), {"doctor": "person", "kind": "doctor"})
    assert 'title="Visits by person"' in files_of(spec)["backend/app/api/dashboard.py"]


def with_renamed(spec: AppSpec, names: dict[str, str]) -> AppSpec:
    """Return a spec after fields and links of visits got new names, one after another."""

    def renamed(part: Part) -> Part:
        update = {"name": names.get(part.name, part.name), "identity": part.name}
        return part.model_copy(update=update)

    visit, *others = spec.entities
    update = {
        "fields": tuple(map(renamed, visit.fields)),
        "relations": tuple(map(renamed, visit.relations)),
    }
    return spec.model_copy(update={"entities": (visit.model_copy(update=update), *others)})


def test_what_is_taken_out_is_counted_no_more():
    left = remove_entity(clinic(BY_DOCTOR), "Visit")
    assert left.features[0].breakdowns == ()
    without_doctors = remove_entity(clinic(BY_DOCTOR, FEES), "Doctor")
    dashboard = files_of(without_doctors)["backend/app/api/dashboard.py"]
    assert "ByLink" not in dashboard
    assert "ByMonth" in dashboard


@pytest.mark.parametrize("owned", [True, False])
@pytest.mark.parametrize("asked", [BY_DOCTOR, FEES, GRADES, MADE])
def test_the_tests_of_breakdowns_import_what_they_use(asked, owned):
    spec = clinic(asked)
    entities = tuple(one.model_copy(update={"owned": owned}) for one in spec.entities)
    files = files_of(spec.model_copy(update={"entities": entities}))
    code = files["backend/tests/test_breakdowns.py"]
    assert code.count("Decimal") != 1
    assert ("import Decimal" in code) == ("Decimal(" in code or "map(Decimal" in code)
