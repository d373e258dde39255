"""Ollama as it is and as it goes wrong: a cut or broken answer is never taken for a whole one."""

from __future__ import annotations

import threading

import pytest

from generation.engines.base import EngineRejected, EngineUnavailable, InvalidOutput
from generation.engines.providers.base import (
    AnswerCut,
    ChatRequest,
    Message,
    ModelMissing,
    PromptTooLong,
    Stopped,
)
from generation.engines.providers.ollama import OllamaProvider, base_url

LONG = "Every word of this prompt has to be read by the model. " * 40


def question(text: str = "Say something.", model: str = "coder:7b", **more) -> ChatRequest:
    return ChatRequest(model, (Message("user", text),), **more)


class TestAddresses:
    @pytest.mark.parametrize(
        ("host", "url"),
        [
            ("127.0.0.1", "http://127.0.0.1:11434"),
            ("0.0.0.0:9000", "http://127.0.0.1:9000"),
            ("https://models.example.org/ollama/", "https://models.example.org:443/ollama"),
            ("http://[::1]:11434", "http://[::1]:11434"),
        ],
    )
    def test_what_ollama_host_may_hold(self, host, url):
        assert base_url(host) == url

    @pytest.mark.parametrize("host", ["", "ftp://a", "http://"])
    def test_what_it_may_not(self, host):
        with pytest.raises(EngineRejected, match="OLLAMA_HOST"):
            base_url(host)

    def test_a_password_is_refused_and_not_repeated(self):
        with pytest.raises(EngineRejected) as caught:
            base_url("http://me:s3cret@127.0.0.1")
        assert "s3cret" not in str(caught.value)


class TestModels:
    def test_they_are_listed(self, provider):
        assert [model.name for model in provider.models()] == ["coder:7b", "thinker:8b", "small:1b"]

    def test_one_is_known_by_length_and_capabilities(self, provider):
        known = provider.model("small:1b")
        assert (known.context_length, known.capabilities) == (2048, {"completion"})

    def test_one_that_is_missing_says_how_to_get_it(self, provider):
        with pytest.raises(ModelMissing, match="ollama pull nobody:1b"):
            provider.chat(question(model="nobody:1b"))

    def test_one_can_be_fetched(self, provider):
        progress = list(provider.pull("new:3b"))
        assert progress[0] == ("pulling manifest", None)
        assert progress[-1] == ("success", None)
        assert ("pulling 000000", 0.5) in progress
        assert "new:3b" in {model.name for model in provider.models()}

    def test_fetching_can_fail(self, provider, server):
        server.behaviour = "pull-fails"
        with pytest.raises(EngineUnavailable, match="file does not exist"):
            list(provider.pull("new:3b"))


class TestAnswers:
    def test_an_answer_comes_with_its_tokens(self, provider):
        answer = provider.chat(question())
        assert (answer.text, answer.prompt_tokens, answer.completion_tokens) == (
            "Hello from the stub.",
            3,
            4,
        )

    def test_the_window_is_sized_for_the_prompt(self, provider, server):
        provider.chat(question(LONG, answer_tokens=1000))
        (asked,) = server.asked("/api/chat")
        assert asked.body["options"]["num_ctx"] == len(LONG) // 3 + 1000
        assert (asked.body["truncate"], asked.body["shift"]) == (False, False)

    def test_the_window_ends_where_the_model_does(self, provider, server):
        provider.chat(question(model="small:1b"))
        (asked,) = server.asked("/api/chat")
        assert asked.body["options"]["num_ctx"] == 2048

    def test_only_a_model_that_thinks_is_told_not_to(self, provider, server):
        provider.chat(question(model="thinker:8b"))
        provider.chat(question())
        assert ["think" in asked.body for asked in server.asked("/api/chat")] == [True, False]

    def test_thoughts_are_left_out(self, provider, server):
        server.behaviour = "thinks-aloud"
        assert provider.chat(question()).text == "Hello from the stub."


class TestFaults:
    @pytest.mark.parametrize(
        ("behaviour", "error"),
        [
            ("length", AnswerCut),
            ("endless", AnswerCut),
            ("endless-line", AnswerCut),
            ("odd-line", EngineUnavailable),
            ("cuts-prompt", AnswerCut),
            ("empty", InvalidOutput),
            ("unclosed-thought", InvalidOutput),
            ("no-done", EngineUnavailable),
            ("error-midstream", EngineUnavailable),
            ("garbage-line", EngineUnavailable),
            ("out-of-memory", EngineUnavailable),
            ("reset", EngineUnavailable),
            ("reset-midstream", EngineUnavailable),
            ("not-pulled", ModelMissing),
            ("unauthorized", EngineRejected),
            ("web-page", EngineRejected),
            ("redirect", EngineRejected),
        ],
    )
    def test_each_has_its_error(self, provider, server, behaviour, error):
        server.behaviour = behaviour
        with pytest.raises(error) as caught:
            provider.chat(question(LONG))
        assert type(caught.value) is error

    def test_no_server_says_where_and_how_to_start_it(self):
        gone = OllamaProvider("http://127.0.0.1:9")
        with pytest.raises(EngineUnavailable, match=r"127\.0\.0\.1:9.*ollama serve"):
            gone.models()

    @pytest.mark.parametrize("behaviour", ["silent", "silent-midstream"])
    def test_silence_ends_a_call(self, server, behaviour):
        server.behaviour = behaviour
        with pytest.raises(EngineUnavailable, match=r"nothing for 0\.3 s"):
            OllamaProvider(server.url, silence=0.3).chat(question())

    def test_a_slow_answer_is_not_silence(self, server):
        server.behaviour = "slow"
        assert OllamaProvider(server.url, silence=0.5).chat(question()).completion_tokens == 4

    def test_a_prompt_that_does_not_fit_is_refused(self, provider):
        with pytest.raises(PromptTooLong, match="too long for small:1b"):
            provider.chat(question(LONG * 5, model="small:1b"))

    def test_a_stop_signal_ends_a_call_in_flight(self, provider, server):
        server.behaviour = "silent"
        stop = threading.Event()
        threading.Timer(0.2, stop.set).start()
        with pytest.raises(Stopped):
            provider.chat(question(), stop=stop)
