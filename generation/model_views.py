"""Parts of pages about models: what there is to choose from, and fetching one more."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from pydantic import ValidationError

from generation import pulls, tasks
from generation.engines.base import EngineRejected
from generation.errors import GenerationError
from generation.forms import NewAppForm
from generation.pipeline.choices import offers
from generation.pipeline.config import RunOptions
from generation.run_estimates import outlook
from projects.views import signed_in

MODEL_LENGTH = 200


@never_cache
@login_required
@require_safe
def engines(request: HttpRequest) -> HttpResponse:
    """Show the choice of engine, with the models that there are now."""
    return _engines(request, request.GET.get("engine", ""))


@never_cache
@login_required
@require_safe
def estimate(request: HttpRequest) -> HttpResponse:
    """Say what a run with the chosen engine will probably take; nothing for an unknown one."""
    try:
        options = RunOptions(
            engine=request.GET.get("engine", ""), strategy=request.GET.get("strategy", "")
        )
        words = outlook(options, signed_in(request)).words
    except (EngineRejected, ValidationError):
        words = ""
    return HttpResponse(escape(words))


@login_required
@require_POST
def pull(request: HttpRequest) -> HttpResponse:
    """Fetch a model for the Ollama server; for those who run the site."""
    if not getattr(request.user, "is_staff", False):
        raise PermissionDenied
    model, refused = request.POST.get("model", "").strip(), ""
    if not model or len(model) > MODEL_LENGTH or len(model.split()) != 1:
        refused = "Give the name of a model, for example qwen2.5-coder:7b."
    else:
        try:
            pulls.begin_pull(model)
            tasks.enqueue_pull(model)
        except GenerationError as error:
            refused = error.message
    return _engines(request, request.POST.get("engine", ""), refused)


def _engines(request: HttpRequest, chosen: str, refused: str = "") -> HttpResponse:
    there = offers(signed_in(request))
    form = NewAppForm(initial={"engine": chosen or NewAppForm.base_fields["engine"].initial})
    form.offer(there)
    context = {
        "form": form,
        "offers": there,
        "troubles": [offer for offer in there if offer.trouble],
        "refused": refused,
        "pull": pulls.last_pull(),
        "may_pull": getattr(request.user, "is_staff", False),
    }
    return render(request, "generation/parts/engines.html", context)
