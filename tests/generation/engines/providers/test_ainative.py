"""AINative by its contract, read tolerantly; its errors are told apart and never hold the key."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from generation.engines.base import EngineRejected, EngineUnavailable, InvalidOutput
from generation.engines.providers import ainative
from generation.engines.providers.ainative import AINativeClient
from generation.engines.providers.base import Stopped
from tests.stubs.ainative import CREATE, KEY, REFACTOR, SEARCH, STORE, AINativeStub

FILE = "frontend/src/components/Login.jsx"


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(ainative, "FIRST_WAIT", 0.0)


@pytest.fixture
def server() -> Iterator[AINativeStub]:
    stub = AINativeStub()
    with stub.running():
        yield stub


@pytest.fixture
def client(server) -> AINativeClient:
    return AINativeClient(server.url, KEY, seconds=5)


def create(client: AINativeClient) -> str:
    return client.create("react-component", FILE, {"component_name": "Login"})


class TestCalls:
    def test_a_file_is_created(self, client, server):
        assert create(client) == "# react-component\n# ['component_name']\n"
        (asked,) = server.asked(CREATE)
        assert asked.body == {
            "template": "react-component",
            "file_path": FILE,
            "variables": {"component_name": "Login"},
        }

    def test_a_file_is_edited(self, client, server):
        assert client.refactor(FILE, "old\n", "add a heading") == "old\n# add a heading\n"
        (asked,) = server.asked(REFACTOR)
        assert set(asked.body) == {"file_path", "existing_code", "instructions"}

    def test_a_memory_is_kept_and_found(self, client, server):
        assert client.store("agent-1", "an app of notes", {"step": "spec_submitted"}) == "m1"
        assert server.asked(STORE)[0].body["agent_id"] == "agent-1"
        (found,) = client.search("notes")
        assert (found.memory_id, found.content, found.score) == ("m1", "an app of notes", 1.0)
        assert found.metadata == {"step": "spec_submitted"}
        assert server.asked(SEARCH)[0].body == {"query": "notes"}

    @pytest.mark.parametrize("behaviour", ["wrapped", "other-names", "created", "other-path"])
    def test_answers_are_read_tolerantly(self, client, server, behaviour):
        server.behaviour = behaviour
        assert client.refactor(FILE, "old\n", "more") == "old\n# more\n"
        assert client.store("agent-1", "words", {}) == "m1"


class TestAddressAndKey:
    @pytest.mark.parametrize("end", ["", "/", "/api/v1", "/api/v1/"])
    def test_the_base_may_have_its_prefix(self, server, end):
        assert create(AINativeClient(server.url + end, KEY))

    @pytest.mark.parametrize(
        ("header", "name"), [("Authorization", "authorization"), ("X-API-Key", "x-api-key")]
    )
    def test_the_key_goes_in_one_header(self, server, header, name):
        create(AINativeClient(server.url, KEY, header=header))
        sent = set(server.received[0].headers) & {"authorization", "x-api-key"}
        assert sent == {name}

    def test_spaces_around_a_key_do_not_matter(self, server):
        assert create(AINativeClient(server.url, f" {KEY}\n"))

    @pytest.mark.parametrize("key", ["", "  ", "two words", "line\nbreak", "ключ"])
    def test_what_is_no_key_is_refused_before_a_call(self, key):
        with pytest.raises(EngineRejected, match="key"):
            AINativeClient("http://127.0.0.1:9", key)

    def test_a_wrong_key_is_said_and_not_repeated(self, server):
        with pytest.raises(EngineRejected, match="does not accept the key") as caught:
            create(AINativeClient(server.url, "wr0ng-secret"))
        assert "wr0ng-secret" not in str(caught.value)

    def test_a_key_that_the_service_repeats_is_hidden(self, client, server):
        server.behaviour = "leaks-key"
        with pytest.raises(EngineRejected, match=r"key \[secret\] may not"):
            create(client)


class TestFaults:
    @pytest.mark.parametrize(
        ("behaviour", "says"),
        [
            ("no-service", "no such service"),
            ("no-credit", "INSUFFICIENT_CREDITS: No credit left"),
            ("invalid-text", "BAD_TEMPLATE: template is unknown"),
            ("invalid-list", "body.template: field required"),
            ("invalid-object", "BAD_TEMPLATE: template: unknown"),
            ("invalid-message", "that cannot be done"),
        ],
    )
    def test_what_will_not_get_better_is_not_tried_again(self, client, server, behaviour, says):
        server.behaviour = behaviour
        with pytest.raises(EngineRejected, match=says):
            create(client)
        assert len(server.received) == 1

    @pytest.mark.parametrize("behaviour", ["unavailable", "page-error", "reset"])
    def test_what_may_get_better_is_tried_three_times(self, client, server, behaviour):
        server.behaviour = behaviour
        with pytest.raises(EngineUnavailable):
            create(client)
        assert len(server.received) == 3

    def test_one_bad_moment_is_got_over(self, client, server):
        server.behaviour = "unavailable-once"
        assert create(client)
        assert len(server.received) == 2

    def test_a_limit_is_waited_for_as_long_as_it_says(self, client, server, monkeypatch):
        waited: list[float] = []
        monkeypatch.setattr(ainative, "pause", lambda seconds, _stop: waited.append(seconds))
        server.behaviour, server.retry_after = "rate-limited-once", "7"
        assert create(client)
        assert waited == [7.0]

    @pytest.mark.parametrize("behaviour", ["not-json", "empty-code", "code-not-text"])
    def test_an_answer_without_code_is_no_file(self, client, server, behaviour):
        server.behaviour = behaviour
        with pytest.raises(InvalidOutput):
            create(client)

    def test_silence_ends_a_call(self, server):
        server.behaviour = "silent"
        with pytest.raises(EngineUnavailable, match=r"nothing for 0\.1 s"):
            create(AINativeClient(server.url, KEY, seconds=0.1))
        assert len(server.received) == 3

    def test_a_stop_signal_ends_a_call_in_flight(self, server):
        server.behaviour = "silent"
        stop = threading.Event()
        threading.Timer(0.2, stop.set).start()
        client = AINativeClient(server.url, KEY, seconds=30)
        with pytest.raises(Stopped):
            client.create("react-component", FILE, {}, stop=stop)

    def test_a_stop_signal_ends_the_wait_for_another_try(self, client, server, monkeypatch):
        monkeypatch.setattr(ainative, "FIRST_WAIT", 30.0)
        server.behaviour = "unavailable"
        stop = threading.Event()
        threading.Timer(0.2, stop.set).start()
        with pytest.raises(Stopped):
            client.create("react-component", FILE, {}, stop=stop)
        assert len(server.received) == 1
