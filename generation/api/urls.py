"""Addresses of the REST API."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.routers import SimpleRouter

from generation.api.views import ProjectViewSet, RecallView, StepRetryView

app_name = "api"

router = SimpleRouter(use_regex_path=True)
router.register("projects", ProjectViewSet, basename="project")

UUID = r"<uuid:project_id>"

urlpatterns = [
    path("recall/", RecallView.as_view(), name="recall"),
    path(
        f"projects/{UUID}/steps/<uuid:step_id>/retry/", StepRetryView.as_view(), name="step-retry"
    ),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api:schema"), name="docs"),
    *router.urls,
]
