"""The number of passwords that may be guessed, from one address and at one account."""

from __future__ import annotations

import pytest

from page.door.guessing import FREE, LONGEST_OF_ACCOUNT, LONGEST_OF_ADDRESS, Guesses
from page.door.limits import REMEMBERED
from tests.page.stand_ins import Clock

HERE, ELSEWHERE = "192.0.2.1", "198.51.100.1"


def guessed(guesses: Guesses, times: int, address: str = HERE, name: str = "ani") -> int:
    """Guess wrong, so often if possible, and return how often it was possible."""
    made = 0
    for _ in range(times):
        if guesses.wait(address, name) == 0:
            guesses.count(address, name, was_right=False)
            made += 1
    return made


def test_after_a_few_failures_each_wait_is_twice_the_one_before() -> None:
    clock = Clock()
    guesses = Guesses(clock)
    assert guessed(guesses, 100) == FREE
    waits = []
    for _ in range(4):
        waits.append(guesses.wait(HERE, "ani"))
        clock.now += waits[-1]
        assert guessed(guesses, 100) == 1
    assert waits == pytest.approx([2, 4, 8, 16], rel=0.1)


@pytest.mark.parametrize("name", ["ani", "nobody", "", "x" * 9999, "\ud800"])
def test_whether_there_is_an_account_makes_no_difference(name: str) -> None:
    guesses = Guesses(Clock())
    assert guessed(guesses, 100, name=name) == FREE
    assert guesses.wait(HERE, name) == 2
    assert guesses.wait(ELSEWHERE, f" {name} ") == 2


def test_an_address_guesses_at_whichever_account_it_likes_no_more_often() -> None:
    guesses = Guesses(Clock())
    assert sum(guessed(guesses, 1, name=f"{n}") for n in range(50)) == FREE


def test_an_account_is_guessed_at_from_whichever_address_no_more_often() -> None:
    guesses = Guesses(Clock())
    assert sum(guessed(guesses, 1, address=f"192.0.2.{n}") for n in range(50)) == FREE
    assert guesses.wait(ELSEWHERE, "budi") == 0


def test_the_many_addresses_of_one_ipv6_client_are_one() -> None:
    guesses = Guesses(Clock())
    assert sum(guessed(guesses, 1, f"2001:db8::{n:x}", f"{n}") for n in range(50)) == FREE


def test_a_day_of_guessing_is_a_few_hundred_from_one_address_and_a_bounded_number_from_all() -> None:
    def in_a_day(addresses: int) -> int:
        clock = Clock()
        guesses, made, n = Guesses(clock), 0, 0
        end = clock.now + 86_400
        while clock.now < end:
            n += 1
            made += guessed(guesses, 1, address=f"10.0.{n % addresses}.1")
            clock.now += 1
        return made

    assert in_a_day(1) < 86_400 / LONGEST_OF_ADDRESS * 1.2
    assert in_a_day(250) < 86_400 / LONGEST_OF_ACCOUNT * 1.1


def test_no_wait_is_longer_than_is_told() -> None:
    clock = Clock()
    guesses = Guesses(clock)
    waits = {LONGEST_OF_ADDRESS: [HERE], LONGEST_OF_ACCOUNT: [f"10.0.0.{n}" for n in range(250)]}
    for longest, addresses in waits.items():
        for n in range(500):
            wait = guesses.wait(addresses[n % len(addresses)], f"{longest}")
            assert wait < LONGEST_OF_ADDRESS + 0.001
            clock.now += wait
            guesses.count(addresses[n % len(addresses)], f"{longest}", was_right=False)
        assert guesses.wait(ELSEWHERE, f"{longest}") < LONGEST_OF_ACCOUNT + 0.001


def test_strangers_do_not_keep_out_who_was_in_before() -> None:
    clock = Clock()
    guesses = Guesses(clock)
    guesses.count(HERE, "ani", was_right=True)
    for n in range(50):
        guessed(guesses, 1, address=f"10.0.0.{n}")
    assert guesses.wait(ELSEWHERE, "ani") > 0
    assert guesses.wait(HERE, "ani") == 0
    assert guesses.wait(HERE, "budi") == 0
    assert guessed(guesses, 100) == FREE  # which is no leave to guess


def test_a_right_password_forgives_no_wrong_ones() -> None:
    guesses = Guesses(Clock())
    for _ in range(FREE):
        guessed(guesses, 1)
        guesses.count(HERE, "budi", was_right=True)
        guesses.count(HERE, "ani", was_right=True)
    assert guesses.wait(HERE, "ani") == guesses.wait(HERE, "budi") == 2


def test_they_are_forgiven_as_time_goes_by() -> None:
    clock = Clock()
    guesses = Guesses(clock)
    assert guessed(guesses, 100) == FREE
    clock.now += 2 * LONGEST_OF_ADDRESS
    assert guessed(guesses, 100) == 2
    clock.now += FREE * 2 * LONGEST_OF_ADDRESS
    assert guessed(guesses, 100) == FREE


def test_memory_is_bounded_however_many_there_are() -> None:
    guesses = Guesses(Clock())
    for n in range(REMEMBERED + 500):
        guesses.count(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}", f"{n}", was_right=n % 2 == 0)
        guesses.count(f"11.{n >> 16}.{n >> 8 & 255}.{n & 255}", f"{n}", was_right=False)
    remembered = (guesses._from_addresses._counts, guesses._at_accounts._counts, guesses._trusted)
    assert [len(each) for each in remembered] == [REMEMBERED, REMEMBERED, (REMEMBERED + 500) // 2]
