import json
import os
import urllib.error
import urllib.request

import pytest

EMULATOR = os.environ["XBL_EMULATOR_URL"]  # set by: xbl-achievements exec -- pytest
XUID = "2533274790412953"
SCID = "b5dd9daf-0000-0000-0000-000000000000"


def call(method, path, body=None, headers={}):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(EMULATOR + path, data, headers, method=method)
    with urllib.request.urlopen(request) as response:
        text = response.read()
        return json.loads(text) if text else None


@pytest.fixture(autouse=True)
def as_at_the_start():
    call("POST", "/_emulator/reset?everything=true")


@pytest.fixture
def authorization():
    return call("POST", "/_emulator/sessions", {"xuid": XUID})["authorization"]


def list_unlocked(authorization):
    """The code under test: the ids of what the player has unlocked."""
    answer = call("GET", f"/users/xuid({XUID})/achievements?unlockedOnly=true&titleId=3051199919",
                  headers={"Authorization": authorization, "x-xbl-contract-version": "2"})
    return [achievement["id"] for achievement in answer["achievements"]]


def test_shows_what_was_unlocked(authorization):
    call("PUT", f"/_emulator/users/{XUID}/achievements/{SCID}/3")
    assert list_unlocked(authorization) == ["3"]


def test_says_that_the_service_is_away(authorization):
    call("POST", "/_emulator/faults", {"status": 503, "times": 1})
    with pytest.raises(urllib.error.HTTPError) as refused:
        list_unlocked(authorization)
    assert refused.value.code == 503
    assert list_unlocked(authorization) == []


def test_asks_once(authorization):
    list_unlocked(authorization)
    asked = call("GET", "/_emulator/requests")["requests"]
    assert [(entry["method"], entry["status"]) for entry in asked] == [("GET", 200)]
