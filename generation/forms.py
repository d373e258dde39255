"""The form for a new app."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from generation.api.model_options import MOST_BUDGET
from generation.engines.llm.mind import TEMPERATURE
from generation.engines.llm.strategy import STRATEGY_LABELS
from generation.models import ClarificationDepth
from generation.pipeline.choices import Offer
from generation.pipeline.config import RunOptions
from projects.forms import describe_fields
from projects.spec.request import STYLINGS, TECH_STACKS, AppRequest, InvalidRequest, load_request

BUILTIN = "builtin"
ENGINE_LABELS = {BUILTIN: "Built in (no model, no account)"}


class NewAppForm(forms.Form):
    """The words of a request, checked as a script's JSON is; `app` holds it once valid."""

    project_name = forms.CharField(
        label="Name",
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autofocus": True, "placeholder": "QuickNotes"}
        ),
    )
    description = forms.CharField(
        label="What is it for?",
        required=False,
        strip=False,  # the faults of a model name its lines
        help_text=(
            "A few sentences: who uses it, what they keep in it, what they do with it. "
            "Or a JDL model."
        ),
        widget=forms.Textarea(
            attrs={
                "rows": 4,
                "placeholder": "A simple notes app with user auth and note CRUD.",
            }
        ),
    )
    features = forms.CharField(
        label="Features",
        required=False,
        help_text="One in each line.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    tech_stack = forms.ChoiceField(label="Stack", choices=[(name, name) for name in TECH_STACKS])
    styling = forms.ChoiceField(label="Styling", choices=[(name, name) for name in STYLINGS])
    engine = forms.CharField(
        label="Engine",
        initial=BUILTIN,
        widget=forms.Select(choices=[(BUILTIN, ENGINE_LABELS[BUILTIN])]),
    )
    fallback = forms.BooleanField(
        label="Build it without the model where the model fails",
        required=False,
        initial=True,
        widget=forms.CheckboxInput(),
    )
    temperature = forms.FloatField(
        label="Temperature",
        initial=TEMPERATURE,
        required=False,
        min_value=0,
        max_value=2,
        help_text="0 is the same each time, 2 is wild.",
        widget=forms.NumberInput(attrs={"step": "0.1"}),
    )

    other_stack = forms.CharField(
        label="Another stack",
        required=False,
        help_text="In place of the one above. It has no templates here: the model alone writes the "
        "app, nothing says that it runs, and what fails is missing.",
        widget=forms.TextInput(attrs={"placeholder": "Vue + Node.js + MongoDB"}),
    )
    strategy = forms.ChoiceField(
        label="How much the model is asked",
        required=False,
        initial="balanced",
        choices=STRATEGY_LABELS,
    )
    budget_tokens = forms.IntegerField(
        label="At most so many tokens",
        required=False,
        min_value=0,
        max_value=MOST_BUDGET,
        help_text="For this run. Empty: only the site's limits.",
    )
    budget_usd = forms.FloatField(
        label="At most so many US dollars",
        required=False,
        min_value=0,
        max_value=MOST_BUDGET,
        help_text="Then no further call is made; the app is finished without the model.",
        widget=forms.NumberInput(attrs={"step": "0.01"}),
    )

    clarify = forms.ChoiceField(
        label="Questions first",
        required=False,
        choices=[("", "None"), *ClarificationDepth.choices],
        help_text="Only what would change the app is asked. The work waits for your answers.",
    )
    approve = forms.BooleanField(
        label="Approve the plan first",
        required=False,
        help_text="The steps, before any is carried out: switch off, edit, put in order.",
        widget=forms.CheckboxInput(),
    )
    design_first = forms.BooleanField(
        label="Look at the design first",
        required=False,
        help_text="What was understood, to be edited before anything is built.",
        widget=forms.CheckboxInput(),
    )

    app: AppRequest

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe_fields(self)
        chosen = str(self["engine"].value() or BUILTIN)
        if chosen != BUILTIN:  # until what there is has been asked for
            self.fields["engine"].widget.choices += [(chosen, chosen)]

    def offer(self, offers: Iterable[Offer]) -> None:
        """Let the models be chosen that there are."""
        groups = [(offer.label, list(offer.choices)) for offer in offers if offer.choices]
        self.fields["engine"].widget.choices = [(BUILTIN, ENGINE_LABELS[BUILTIN]), *groups]

    @property
    def run(self) -> RunOptions:
        """How a valid form wants the app to be made."""
        data = self.cleaned_data
        temperature = data["temperature"]
        return RunOptions(
            engine=data["engine"],
            fallback=data["fallback"],
            temperature=TEMPERATURE if temperature is None else temperature,
            strategy=data["strategy"] or "balanced",
            budget_tokens=data["budget_tokens"],
            budget_usd=data["budget_usd"],
            clarify=data["clarify"] or None,
            approve=data["approve"],
        )

    def clean(self) -> dict[str, Any]:
        """Read the request; every fault stands beside the field it is in."""
        data = super().clean() or self.cleaned_data
        raw = {
            "project_name": data.get("project_name"),
            "description": data.get("description"),
            "features": str(data.get("features") or "").splitlines(),
            "tech_stack": data.get("other_stack") or data.get("tech_stack"),
            "styling": data.get("styling"),
        }
        try:
            self.app = load_request(raw, any_stack=True)
        except InvalidRequest as error:
            for fault in error.errors:
                self._add_fault(fault["field"], fault["message"])
        return data

    def _add_fault(self, path: str, message: str) -> None:
        """Put a fault of the request beside its field, unless that has one already."""
        field, _, index = path.partition(".")
        if field == "tech_stack" and self.cleaned_data.get("other_stack"):
            field = "other_stack"
        if field not in self.fields:
            self.add_error(None, message)
        elif index.isdigit():
            self.add_error(field, f"Feature {int(index) + 1}: {message}")
        elif field not in self.errors:
            self.add_error(field, message)


def initial_of(spec: dict[str, Any]) -> dict[str, Any]:
    """Return what the form shows for a request, each feature in one line."""
    features = [" ".join(str(feature).split()) for feature in spec.get("features", ())]
    stack = spec.get("tech_stack", "")
    other = {} if stack in TECH_STACKS else {"other_stack": stack}
    return {**spec, "features": "\n".join(features), **other}
