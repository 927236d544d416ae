from __future__ import annotations

from benchmarks.timing import in_turn


def test_each_way_is_timed_with_each_item_and_the_first_of_them_changes() -> None:
    done: list[str] = []
    times = in_turn([lambda item: done.append(f"a{item}"), lambda item: done.append(f"b{item}")], [1, 2, 3])
    assert done == ["a1", "b1", "b2", "a2", "a3", "b3"]
    assert [len(of) for of in times] == [3, 3]
    assert all(seconds > 0 for of in times for seconds in of)
