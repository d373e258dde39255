"""Hosted models, by the vendors' own SDKs: a cut, declined or broken answer is never an answer."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from pydantic import BaseModel, Field

from generation.engines.base import EngineRejected, EngineUnavailable, InvalidOutput
from generation.engines.providers import catalogue
from generation.engines.providers.base import (
    AnswerCut,
    ChatRequest,
    Message,
    ModelMissing,
    PromptTooLong,
    Provider,
    Stopped,
)
from generation.engines.providers.catalogue import (
    HOSTED_NAMES,
    PROVIDER_NAMES,
    ProviderSettings,
    provider_named,
)
from generation.engines.providers.schemas import PLAIN_KEYWORDS, STRICT_KEYWORDS, closed
from generation.engines.providers.structured import Call, ask
from tests.stubs.anthropic import AnthropicStub
from tests.stubs.gemini import GeminiStub
from tests.stubs.hosted import ANSWER, KEY, HostedStub
from tests.stubs.openai import OpenAIStub

STUBS: dict[str, type[HostedStub]] = {
    "openai": OpenAIStub,
    "anthropic": AnthropicStub,
    "gemini": GeminiStub,
}


class Part(BaseModel):
    name: str = Field(min_length=1, max_length=20)
    needed: bool | None = None


class Entity(BaseModel):
    name: str = Field(max_length=20)
    size: int = Field(ge=1, le=9)
    fields: list[Part] = Field(min_length=1, max_length=3)


class Loose(BaseModel):
    values: dict[str, str]


def question(text: str = "Say something nice.", **more) -> ChatRequest:
    messages = (Message("system", "Be brief."), Message("user", text))
    return ChatRequest("stub-large", messages, **more)


@pytest.fixture(params=HOSTED_NAMES)
def server(request) -> Iterator[HostedStub]:
    stub = STUBS[request.param]()
    with stub.running():
        yield stub


def provider_for(server: HostedStub, *, key: str | None = KEY, silence: float = 5) -> Provider:
    name = next(name for name, kind in STUBS.items() if isinstance(server, kind))
    settings = ProviderSettings(silence=silence, base_urls={name: server.url})
    return provider_named(name, settings, key=key)


@pytest.fixture
def provider(server) -> Provider:
    return provider_for(server)


class TestAnswers:
    def test_an_answer_comes_with_its_tokens(self, provider):
        answer = provider.chat(question())
        assert answer.text == ANSWER
        assert answer.prompt_tokens in {3, 5}  # words, with or without those of the system
        assert answer.completion_tokens in {4, 7}  # words, with or without three thoughts

    def test_models_are_those_that_answer(self, provider):
        names = [model.name for model in provider.models()]
        assert names[0] == "stub-large"
        assert "stub-vectors" not in names

    def test_an_answer_of_a_shape(self, server, provider):
        calls: list[Call] = []
        entity = ask(provider, question(), Entity, record=calls.append)
        assert entity.fields[0].name == "word"
        assert [call.error for call in calls] == [None]
        assert len(server.questions) == 1

    def test_a_shape_with_free_names_is_asked_for_too(self, server, provider):
        server.script = ['{"values": {"a": "b"}}']
        assert ask(provider, question(), Loose, record=lambda _: None).values == {"a": "b"}
        assert "values" in str(server.questions[0])

    def test_what_was_wrong_is_sent_back(self, server, provider):
        server.script = ['{"name": "x"}', '{"name": "x", "size": 2, "fields": [{"name": "a"}]}']
        assert ask(provider, question(), Entity, record=lambda _: None).size == 2
        assert "That was not valid" in str(server.questions[1])

    def test_thoughts_are_left_out(self, server, provider):
        server.behaviour = "thinks-aloud"
        assert provider.chat(question()).text == ANSWER

    @pytest.mark.parametrize("behaviour", ["no-temperature", "no-schema"])
    def test_an_option_that_a_model_does_not_take_is_left_out(self, server, provider, behaviour):
        server.behaviour = behaviour
        shape = Entity.model_json_schema()
        server.script = ["{}", "{}"]
        assert provider.chat(question(schema=shape)).text == "{}"
        assert provider.chat(question(schema=shape)).text == "{}"
        refused = not isinstance(server, AnthropicStub) or behaviour == "no-schema"
        assert len(server.questions) == (3 if refused else 2)  # it is remembered
        assert "Part" in str(server.questions[-1])  # the shape is told in any case

    def test_a_slow_answer_is_not_silence(self, server):
        server.behaviour = "slow"
        assert provider_for(server, silence=0.5).chat(question()).text == ANSWER


class TestFaults:
    @pytest.mark.parametrize(
        ("behaviour", "error"),
        [
            ("length", AnswerCut),
            ("declines", InvalidOutput),
            ("empty", InvalidOutput),
            ("too-long", PromptTooLong),
            ("no-model", ModelMissing),
            ("no-credit", EngineRejected),
            ("forbidden", EngineRejected),
            ("redirect", EngineRejected),
            ("rate-limited", EngineUnavailable),
            ("overloaded", EngineUnavailable),
            ("page-error", EngineUnavailable),
            ("web-page", EngineUnavailable),
            ("no-end", EngineUnavailable),
            ("error-midstream", EngineUnavailable),
            ("garbage", EngineUnavailable),
            ("reset", EngineUnavailable),
            ("reset-midstream", EngineUnavailable),
        ],
    )
    def test_each_has_its_error(self, server, provider, behaviour, error):
        server.behaviour = behaviour
        with pytest.raises(error) as caught:
            provider.chat(question())
        assert type(caught.value) is error
        assert KEY not in f"{caught.value!r} {caught.value.__cause__!r}"

    def test_a_wrong_key_says_what_to_do_and_does_not_repeat_it(self, server):
        with pytest.raises(EngineRejected, match=r"does not accept the key.*_API_KEY") as caught:
            provider_for(server, key="wrong-key-987").chat(question())
        assert "wrong-key-987" not in str(caught.value)

    @pytest.mark.parametrize("behaviour", ["web-page", "overloaded", "reset"])
    def test_listing_fails_with_an_engine_error(self, server, provider, behaviour):
        server.behaviour = behaviour
        with pytest.raises((EngineUnavailable, EngineRejected)):
            provider.models()

    @pytest.mark.parametrize("behaviour", ["silent", "silent-midstream"])
    def test_silence_ends_a_call(self, server, behaviour):
        server.behaviour = behaviour
        with pytest.raises(EngineUnavailable, match=r"nothing for 0\.3 s"):
            provider_for(server, silence=0.3).chat(question())

    @pytest.mark.parametrize("behaviour", ["silent", "silent-midstream"])
    def test_a_stop_signal_ends_a_call_in_flight(self, server, provider, behaviour):
        server.behaviour = behaviour
        stop = threading.Event()
        threading.Timer(0.2, stop.set).start()
        with pytest.raises(Stopped):
            provider.chat(question(), stop=stop)

    @pytest.mark.parametrize("name", HOSTED_NAMES)
    def test_no_server_says_where(self, name):
        settings = ProviderSettings(base_urls={name: "http://127.0.0.1:9"})
        with pytest.raises(EngineUnavailable, match=r"cannot be reached at http://127\.0\.0\.1:9"):
            provider_named(name, settings, key=KEY).chat(question())


class TestCatalogue:
    def test_the_names(self):
        assert PROVIDER_NAMES == ("ollama", "openai", "anthropic", "gemini")
        assert provider_named("ollama", ProviderSettings()).name == "ollama"
        for name in HOSTED_NAMES:
            assert provider_named(name, ProviderSettings(), key=KEY).name == name

    def test_an_unknown_name_is_refused(self):
        with pytest.raises(EngineRejected, match="There are: ollama, openai"):
            provider_named("nobody", ProviderSettings())

    @pytest.mark.parametrize(
        ("key", "said"), [(None, "needs a key"), ("  ", "needs a key"), ("a b", "what no key has")]
    )
    @pytest.mark.parametrize("name", HOSTED_NAMES)
    def test_a_key_that_is_none_is_refused(self, name, key, said):
        with pytest.raises(EngineRejected, match=said):
            provider_named(name, ProviderSettings(), key=key)

    def test_an_address_that_is_none_is_refused(self):
        settings = ProviderSettings(base_urls={"openai": "models.example.org"})
        with pytest.raises(EngineRejected, match="address for OpenAI"):
            provider_named("openai", settings, key=KEY)

    def test_a_missing_sdk_says_how_to_install_it(self, monkeypatch):
        def missing(_name):
            raise ModuleNotFoundError("No module named 'openai'", name="openai")

        monkeypatch.setattr(catalogue, "import_module", missing)
        with pytest.raises(EngineRejected, match=r"pip install -r requirements-hosted\.txt"):
            provider_named("openai", ProviderSettings(), key=KEY)

    def test_sdks_are_imported_on_first_use(self):
        code = (
            "import sys; from generation.engines.providers import catalogue as c;"
            "c.provider_named('ollama', c.ProviderSettings());"
            "print([n for n in ('openai', 'anthropic', 'google.genai') if n in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        assert done.stdout == b"[]\n"


class TestSchemas:
    def test_strict_ones_need_every_property_and_keep_bounds(self):
        strict = closed(Entity.model_json_schema(), STRICT_KEYWORDS, all_required=True)
        assert strict["properties"]["size"] == {"type": "integer", "minimum": 1, "maximum": 9}
        assert strict["$defs"]["Part"]["required"] == ["name", "needed"]
        assert strict["additionalProperties"] is False

    def test_plain_ones_have_no_bounds(self):
        plain = closed(Entity.model_json_schema(), PLAIN_KEYWORDS)
        assert plain["properties"]["size"] == {"type": "integer"}
        assert plain["$defs"]["Part"]["required"] == ["name"]

    def test_free_names_cannot_be_said(self):
        assert closed(Loose.model_json_schema(), STRICT_KEYWORDS) is None
