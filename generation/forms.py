"""The form for a new app."""

from __future__ import annotations

from typing import Any

from django import forms

from generation.engines.registry import ENGINE_NAMES
from projects.spec.request import STYLINGS, TECH_STACKS, AppRequest, InvalidRequest, load_request

ENGINE_LABELS = {"builtin": "Built-in (no model needed)"}


class NewAppForm(forms.Form):
    """The spec as a person fills it in; `load_request` checks it."""

    project_name = forms.CharField(
        label="Name",
        required=False,
        widget=forms.TextInput(attrs={"class": "input w-full", "autofocus": True}),
    )
    description = forms.CharField(
        label="Description",
        required=False,
        help_text="What is it for, and what does it keep?",
        widget=forms.Textarea(attrs={"class": "textarea w-full", "rows": 4}),
    )
    features = forms.CharField(
        label="Features",
        required=False,
        help_text="One a line.",
        widget=forms.Textarea(
            attrs={"class": "textarea w-full", "rows": 5, "data-feature-list": "yes"}
        ),
    )
    tech_stack = forms.ChoiceField(
        label="Stack",
        choices=[(s, s) for s in TECH_STACKS],
        widget=forms.Select(attrs={"class": "select w-full"}),
    )
    styling = forms.ChoiceField(
        label="Styling",
        choices=[(s, s) for s in STYLINGS],
        widget=forms.Select(attrs={"class": "select w-full"}),
    )
    engine = forms.ChoiceField(
        label="Engine",
        choices=[(name, ENGINE_LABELS.get(name, name)) for name in ENGINE_NAMES],
        widget=forms.Select(attrs={"class": "select w-full"}),
    )

    app: AppRequest

    def clean(self) -> dict[str, Any]:
        """Check the spec; each error stands beside its field."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        spec = {
            k: data[k]
            for k in ("project_name", "description", "tech_stack", "styling")
            if k in data
        }
        spec["features"] = str(data.get("features", "")).splitlines()
        try:
            self.app = load_request(spec)
        except InvalidRequest as error:
            for item in error.errors:
                self.add_error(
                    item["field"] if item["field"] in self.fields else None, item["message"]
                )
        return data
