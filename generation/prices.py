"""What a call to a model costs, by the price list that comes with genai-prices; no network."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

from generation.models import ProviderName

if TYPE_CHECKING:
    from genai_prices.data_snapshot import DataSnapshot
    from genai_prices.types import ModelInfo, Provider

LOCAL = frozenset({ProviderName.BUILTIN, ProviderName.OLLAMA})
# Providers with a price list, under the list's own names.
LISTED = {
    ProviderName.OPENAI: "openai",
    ProviderName.ANTHROPIC: "anthropic",
    ProviderName.GEMINI: "google",
}


def price_of(
    provider: str, model: str, *, prompt_tokens: int, completion_tokens: int
) -> float | None:
    """Return the price of a call in US dollars; None where a provider has no price list.

    What runs on one's own machine costs nothing. A model that is not on its provider's list is
    priced as the dearest one that is, so that a budget is never overrun for want of a price.
    """
    if provider in LOCAL:
        return 0.0
    listed = LISTED.get(cast("ProviderName", provider))
    if listed is None:
        return None
    if not prompt_tokens + completion_tokens:
        return 0.0
    known = _known(listed, model)
    if known is not None:
        price = _price(listed, known, prompt_tokens, completion_tokens)
        if price is not None:
            return price
    return _dearest(listed, prompt_tokens, completion_tokens)


def _snapshot() -> DataSnapshot:
    """Return the list; it takes 30 MB, so it is loaded by the first call that has a price."""
    return cast("DataSnapshot", import_module("genai_prices.data_snapshot").get_snapshot())


@cache
def _provider(listed: str) -> Provider:
    return _snapshot().find_provider(None, listed, None)


def _known(listed: str, model: str) -> ModelInfo | None:
    return _provider(listed).find_model(model.lower(), all_providers=_snapshot().providers)


def _price(listed: str, model: ModelInfo, prompt: int, completion: int) -> float | None:
    """Return what the list says; None for a model that it does not price by these tokens."""
    usage = import_module("genai_prices").Usage(input_tokens=prompt, output_tokens=completion)
    try:
        done = model.calc_price(usage, _provider(listed))
    except (LookupError, ValueError):
        return None
    return float(done.total_price)


def _dearest(listed: str, prompt: int, completion: int) -> float:
    prices = (_price(listed, model, prompt, completion) for model in _provider(listed).models)
    return max((price for price in prices if price is not None), default=0.0)
