"""Pages of the design: look at what was understood, edit it, build it.

Every address answers with the whole page; scripts take from it the part that changed. What is
being edited stands in the address (`?edit=`), so that all of it works without scripts too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from generation import services
from generation.design_forms import EntityForm, LookForm, PagesForm
from generation.design_page import colour_rows, look_of, page_context, shape_rows
from generation.downloads import jdl_response
from generation.errors import GenerationError, NotUnderstood
from generation.views import own_project
from projects.design import Design, DesignChanged, confirm_entity
from projects.models import Project
from projects.spec.check import InvalidDesign
from projects.spec.edit import only_with, put_entity, remove_entity
from projects.spec.models import AppSpec, EntitySpec
from projects.views import signed_in

NEW, PAGES, LOOK = "new", "pages", "look"

Form = EntityForm | PagesForm | LookForm


class NotThere(Exception):
    """What is to be edited is not in the design any more."""


@never_cache
@login_required
@require_safe
def design_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show the design; one part of it as a form when the address says so."""
    project = own_project(request, project_id)
    try:
        design = services.design_for(project)
    except NotUnderstood as error:
        context = {"project": project, "not_understood": error.message}
        return render(request, "generation/design.html", context)
    what = request.GET.get("edit", "")
    try:
        form = _form_for(design, what) if what else None
    except NotThere:
        return _gone(request, project)
    return _page(request, project, design, what=what, form=form)


@never_cache
@login_required
@require_safe
def jdl(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Send the design as a JDL file; where the words cannot be read the page says why."""
    project = own_project(request, project_id)
    try:
        return jdl_response(project, services.design_for(project))
    except NotUnderstood:
        return redirect("generation:design", project.pk)


def _page(
    request: HttpRequest,
    project: Project,
    design: Design,
    *,
    what: str = "",
    form: Form | None = None,
    **more: Any,
) -> HttpResponse:
    context = {
        "project": project,
        **page_context(design),
        "editing": what,
        "form": form,
        "version": design.version,
        "removing": request.GET.get("remove", ""),
        "saved": request.GET.get("saved", ""),
        **more,
    }
    if isinstance(form, LookForm):
        context |= {
            "colours": colour_rows(form.theme),
            "shapes": shape_rows(form.theme),
            "look": look_of(form.theme),
        }
    return render(request, "generation/design.html", context)


def _entity(design: Design, what: str) -> EntitySpec | None:
    """Return the stored entity that is edited, None for a new one or for another part."""
    if what in (NEW, PAGES, LOOK):
        return None
    for entity in design.spec.entities:
        if str(design.entity_ids[entity.name]) == what:
            return entity
    raise NotThere


def _form_for(design: Design, what: str) -> Form:
    if what == PAGES:
        return PagesForm.of(design.spec.pages)
    if what == LOOK:
        return LookForm.of(design.spec)
    return EntityForm.of(_entity(design, what))


def _read(what: str, data: Mapping[str, str]) -> Form:
    if what == PAGES:
        return PagesForm.read(data)
    return LookForm.read(data) if what == LOOK else EntityForm.read(data)


def _gone(request: HttpRequest, project: Project) -> HttpResponseRedirect:
    messages.error(request, "This is not in the design any more. Look at what is there now.")
    return redirect("generation:design", project.pk)


@never_cache
@login_required
@require_POST
def edit(request: HttpRequest, project_id: UUID, what: str) -> HttpResponse:
    """Store one part of the design, or add and remove rows of its form before it is stored."""
    project = own_project(request, project_id)
    design = services.design_for(project)
    try:
        entity = _entity(design, what)
    except NotThere:
        return _gone(request, project)
    form = _read(what, request.POST)
    act, posted = request.POST.get("do", "save"), request.POST.get("version", "")
    if act != "save" and not isinstance(form, LookForm):
        form.change(act)
        focus = "-".join(act.split("-")[:2])
        return _page(request, project, design, what=what, form=form, focus=focus, version=posted)
    if posted != design.version:
        return _conflict(request, project, design, what, form)
    try:
        spec = _put(form, design.spec, entity)
        stored = services.edit_design(project=project, spec=spec, expected=design.version)
    except InvalidDesign:
        return _page(request, project, design, what=what, form=form)
    except DesignChanged as error:
        return _conflict(request, project, error.design, what, form)
    if what in (PAGES, LOOK):
        return _saved(project, what)
    return _saved_entity(project, stored.entity_ids[_name(form)])


def _put(form: Form, spec: AppSpec, entity: EntitySpec | None) -> AppSpec:
    return form.put_into(spec, entity) if isinstance(form, EntityForm) else form.put_into(spec)


def _name(form: Form) -> str:
    return form.values["name"].strip() if isinstance(form, EntityForm) else ""


def _conflict(
    request: HttpRequest, project: Project, design: Design, what: str, form: Form | None
) -> HttpResponse:
    """Tell the later of two editors, with what they typed and the version that is there now."""
    return _page(request, project, design, what=what, form=form, is_conflict=True)


def _saved(project: Project, key: str, anchor: str = "") -> HttpResponseRedirect:
    address = reverse("generation:design", args=[project.pk])
    return redirect(f"{address}?{urlencode({'saved': key})}#{anchor or key}")


def _saved_entity(project: Project, entity_id: UUID) -> HttpResponseRedirect:
    return _saved(project, str(entity_id), f"e-{entity_id}")


def _change_entity(
    request: HttpRequest,
    project_id: UUID,
    entity_id: UUID,
    change: Callable[[AppSpec, EntitySpec], AppSpec],
    place: str,
) -> HttpResponse:
    """Store what a button does to an entity and go to `place`; no change says that it is right."""
    project = own_project(request, project_id)
    design = services.design_for(project)
    if request.POST.get("version") != design.version:
        return _conflict(request, project, design, "", None)
    try:
        entity = _entity(design, str(entity_id))
    except NotThere:
        entity = None
    if entity is None:
        return _gone(request, project)
    spec = change(design.spec, entity)
    try:
        if spec == design.spec:
            confirm_entity(project, entity_id)
        else:
            services.edit_design(project=project, spec=spec, expected=design.version)
    except InvalidDesign as error:
        messages.error(request, error.errors[0]["message"])
        return redirect("generation:design", project.pk)
    except DesignChanged as error:
        return _conflict(request, project, error.design, "", None)
    return _saved(project, place)


@login_required
@require_POST
def remove(request: HttpRequest, project_id: UUID, entity_id: UUID) -> HttpResponse:
    """Take an entity out, with its pages and the relations to it."""

    def without(spec: AppSpec, entity: EntitySpec) -> AppSpec:
        return remove_entity(spec, entity.name)

    return _change_entity(request, project_id, entity_id, without, "entities")


@login_required
@require_POST
def confirm(request: HttpRequest, project_id: UUID, entity_id: UUID) -> HttpResponse:
    """Mark an entity as right as it is."""
    project = own_project(request, project_id)
    confirm_entity(project, entity_id)
    return _saved_entity(project, entity_id)


@login_required
@require_POST
def settle(request: HttpRequest, project_id: UUID, entity_id: UUID) -> HttpResponse:
    """Keep an entity with those of its proposed parts that are ticked, and leave out the others."""
    kept = frozenset(request.POST.getlist("keep"))

    def settled(spec: AppSpec, entity: EntitySpec) -> AppSpec:
        return put_entity(spec, only_with(entity, kept), replacing=entity.name)

    return _change_entity(request, project_id, entity_id, settled, "proposals")


@login_required
@require_POST
def preview(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Paint the look as it is being chosen; nothing is stored."""
    project = own_project(request, project_id)
    look = look_of(LookForm.read(request.POST).theme)
    context = {"look": look, "spec": {"name": project.project_name}}
    return render(request, "generation/design/preview.html", context)


def _action(act: Callable[..., object], done: str) -> Callable[..., HttpResponse]:
    """Make a POST-only view that does one thing to a project and goes to the page named `done`."""

    @login_required
    @require_POST
    def view(request: HttpRequest, project_id: UUID) -> HttpResponse:
        project = own_project(request, project_id)
        try:
            act(request, project)
        except GenerationError as error:
            messages.error(request, error.message)
        except InvalidDesign:
            messages.error(request, "Mend what is marked on this page; then it can be built.")
            return redirect("generation:design", project.pk)
        return redirect(done, project.pk)

    return view


def _build(request: HttpRequest, project: Project) -> None:
    services.build_design(project=project, by=signed_in(request))


def _understand(request: HttpRequest, project: Project) -> None:
    services.understand_again(project=project)
    messages.success(request, "Read again. What you edited or confirmed is as you left it.")


build = _action(_build, "generation:project")
understand = _action(_understand, "generation:design")
