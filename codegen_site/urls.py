"""Addresses of the site."""

from django.contrib import admin
from django.urls import include, path

from codegen_site.health import healthz, readyz
from projects.admin.entrance import enter

admin.site.site_header = "Codegen"
admin.site.site_title = "Codegen"
admin.site.index_title = "Everything"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/login/", enter),
    path("admin/", admin.site.urls),
    path("api/", include("generation.api.urls")),
    path("v1/", include("generation.api.v1.urls")),
    path("", include("projects.urls")),
    path("", include("generation.urls")),
]

handler400 = "codegen_site.errors.bad_request"
handler404 = "codegen_site.errors.not_found"
handler500 = "codegen_site.errors.server_error"
