"""Every other address under the API's: not there, said as the API says it."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import resolve
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from generation.api.parsers import WhateverIsAccepted

SAFE = ("GET", "HEAD")


@extend_schema(exclude=True)
class UnknownView(APIView):
    """An address that is not there; a reader whose address only lacks its slash is sent on."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    content_negotiation_class = WhateverIsAccepted
    slash_added = True

    def get(self, request: Request, rest: str) -> HttpResponse:
        """Answer 404, or send on to the address with the slash."""
        lacks_slash = self.slash_added and rest and not rest.endswith("/")
        if request.method in SAFE and lacks_slash and self._is_known(f"{request.path_info}/"):
            return HttpResponseRedirect(request.get_full_path(force_append_slash=True))
        raise Http404

    post = put = patch = delete = get

    def _is_known(self, path: str) -> bool:
        found = resolve(path).func
        return getattr(found, "view_class", None) is not type(self)
