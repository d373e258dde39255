"""Forms of people: sign in, sign up, tokens."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.forms import AuthenticationForm, BaseUserCreationForm

from projects.models import User

INPUT = "input w-full"


class SignInForm(AuthenticationForm):
    """Email and password."""

    error_messages: ClassVar[dict[str, Any]] = {
        "invalid_login": "This email and password do not go together.",
        "inactive": "This account is not active.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Email"
        self.fields["username"].widget = forms.EmailInput(
            attrs={"class": INPUT, "autocomplete": "username", "autofocus": True}
        )
        self.fields["password"].widget.attrs["class"] = INPUT


class SignUpForm(BaseUserCreationForm[User]):
    """Email and a password, twice."""

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = INPUT

    def clean_email(self) -> str:
        """Keep the email in lower case and unique whatever its case."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError("There is an account with this email. Sign in instead.")
        return email


class TokenForm(forms.Form):
    """What a new token is for."""

    name = forms.CharField(
        label="What is it for",
        max_length=100,
        widget=forms.TextInput(attrs={"class": "input w-64"}),
    )
