"""Forms for people, their tokens and their keys."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from projects.models import ApiToken, KeyProvider, User

TOKEN_LIMIT = 50
SHORTEST_KEY, LONGEST_KEY = 8, 500
SIGN_IN_ERRORS = {
    "invalid_login": "This email and password do not belong together. Check both.",
    "inactive": "This account is closed. Ask the people who run this site.",
}


def describe_fields(form: forms.Form) -> None:
    """Give widgets the look of the site, and tie each to its help and its errors."""
    for bound in form:
        widget = bound.field.widget
        kind = "select" if isinstance(widget, forms.Select) else "input"
        if isinstance(widget, forms.Textarea):
            kind = "textarea"
        is_box = isinstance(widget, forms.CheckboxInput)
        widget.attrs["class"] = "checkbox checkbox-sm" if is_box else f"{kind} w-full"
        if bound.errors:
            notes = [f"{bound.auto_id}_error"]
            if bound.help_text:
                notes.insert(0, f"{bound.auto_id}_helptext")
            widget.attrs["aria-describedby"] = " ".join(notes)


class SignInForm(AuthenticationForm):
    """Email and password."""

    username = forms.EmailField(
        label="Email", widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_messages = {**self.error_messages, **SIGN_IN_ERRORS}
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"
        describe_fields(self)


class SignUpForm(forms.Form):
    """Email and a password, given twice."""

    email = forms.EmailField(
        max_length=255,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )
    password1 = forms.CharField(
        label="Password",
        strip=False,
        max_length=200,
        help_text="At least 10 characters; not a common one.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="Password again",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe_fields(self)

    def clean_email(self) -> str:
        """Refuse an email that has an account."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError("This email has an account already. Sign in instead.")
        return email

    def clean(self) -> dict[str, Any]:
        """Hold both passwords to each other and to the rules."""
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", "The two passwords are not the same.")
        elif first:
            try:
                validate_password(first, User(email=data.get("email", "")))
            except ValidationError as error:
                self.add_error("password1", error)
        return data


class PasswordForm(PasswordChangeForm):
    """A new password, with the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Password now"
        self.fields["old_password"].widget.attrs.pop("autofocus", None)
        self.fields["new_password1"].label = "New password"
        self.fields["new_password1"].help_text = "At least 10 characters; not a common one."
        self.fields["new_password2"].label = "New password again"
        self.fields["new_password2"].help_text = ""
        describe_fields(self)


class TokenForm(forms.Form):
    """A name that says what a token is for."""

    name = forms.CharField(
        label="What is it for?",
        max_length=100,
        widget=forms.TextInput(
            attrs={"placeholder": "For example: nightly script", "autocomplete": "off"}
        ),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        describe_fields(self)

    def clean_name(self) -> str:
        """Keep the list of tokens to a length that a person can oversee."""
        if ApiToken.objects.filter(user=self.user).count() >= TOKEN_LIMIT:
            raise ValidationError(f"You have {TOKEN_LIMIT} tokens. Revoke one first.")
        return str(self.cleaned_data["name"])


class ProviderKeyForm(forms.Form):
    """A key for a provider of models; it is taken and never given back, not even after a fault."""

    provider = forms.ChoiceField(label="Provider", choices=KeyProvider.choices)
    key = forms.CharField(
        label="Key",
        help_text="It replaces the one that is set. It is stored sealed and never shown again.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe_fields(self)

    def clean_key(self) -> str:
        """Refuse what cannot be a key, in words that do not repeat it."""
        key = str(self.cleaned_data["key"])
        if any(map(str.isspace, key)):
            raise ValidationError(
                "A key has no spaces or line breaks in it. Copy it again, and nothing else."
            )
        if not key.isascii() or not key.isprintable():
            raise ValidationError("A key has plain letters, digits and signs only. Copy it again.")
        if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
            raise ValidationError("This is not as long as a key is. Copy it again, all of it.")
        return key
