"""Admin pages of people and their tokens."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import BaseUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest

from projects.admin.base import PAGE, BoundedPaginator, RecordAdmin, json_column
from projects.models import ApiToken, ProviderKey, User

# Roles stand on the person; there are no groups here.
admin.site.unregister(Group)


class NewPersonForm(BaseUserCreationForm):  # type: ignore[type-arg]
    """A new person with a password that holds to the rules."""

    class Meta:
        model = User
        fields = ("email", "full_name", "role")


class PersonForm(UserChangeForm):  # type: ignore[type-arg]
    """A person; the password is changed on a page of its own."""

    class Meta:
        model = User
        fields = ("email", "username", "full_name", "avatar_url", "skill_level", "role")
        widgets: ClassVar[dict[str, forms.Widget]] = {"avatar_url": forms.URLInput()}

    def clean_username(self) -> str | None:
        """Keep no name as none, so that many may have none."""
        return self.cleaned_data.get("username") or None


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    """People: added and edited by administrators, shut out by clearing "is active"."""

    form = PersonForm
    add_form = NewPersonForm
    list_display = ("email", "full_name", "role", "is_active", "is_verified", "created_at")
    list_filter = ("role", "is_active", "is_verified", "skill_level")
    search_fields = ("email", "username", "full_name")
    ordering = ("email",)
    date_hierarchy = "created_at"
    filter_horizontal = ()
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = BoundedPaginator
    list_per_page = PAGE
    settings_shown = json_column("settings")
    readonly_fields = ("id", "settings_shown", "last_login", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("id", "email", "password")}),
        ("Person", {"fields": ("full_name", "username", "avatar_url", "skill_level")}),
        ("May", {"fields": ("role", "is_active", "is_verified")}),
        ("Record", {"fields": ("settings_shown", "last_login", "created_at", "updated_at")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("email", "full_name", "role", "password1", "password2"),
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[Any, ...]:
        """Keep administrators from shutting themselves out."""
        if obj is not None and obj.pk == request.user.pk:
            return (*self.readonly_fields, "role", "is_active")
        return self.readonly_fields

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Forbid it: a person is shut out instead; their projects would go with them."""
        return False


@admin.register(ApiToken)
class ApiTokenAdmin(RecordAdmin):
    """Tokens: made in the account page only; deleting one revokes it."""

    list_display = ("prefix", "name", "user", "created_at", "last_used_at")
    list_filter = (("last_used_at", admin.EmptyFieldListFilter), "last_used_at")
    search_fields = ("name", "prefix", "user__email")
    uuid_search_fields = ("pk", "user_id")
    date_hierarchy = "created_at"
    list_select_related = ("user",)
    raw_id_fields = ("user",)
    fields = ("id", "name", "prefix", "user", "created_at", "last_used_at")

    def has_delete_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        """Whether the person may revoke tokens."""
        return request.user.has_perm("projects.delete_apitoken")


@admin.register(ProviderKey)
class ProviderKeyAdmin(RecordAdmin):
    """That a person has set a key, never the key; deleting one removes it."""

    list_display = ("provider", "user", "set_at")
    list_filter = ("provider", "set_at")
    search_fields = ("user__email",)
    uuid_search_fields = ("pk", "user_id")
    date_hierarchy = "set_at"
    list_select_related = ("user",)
    raw_id_fields = ("user",)
    fields = ("id", "provider", "user", "set_at")

    def has_delete_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        """Whether the person may remove keys."""
        return request.user.has_perm("projects.delete_providerkey")
