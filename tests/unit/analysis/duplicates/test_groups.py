from hypothesis import given
from hypothesis import strategies as st

from bilderatlas.analysis.duplicates.groups import Groups

PAIRS = st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=30)


@given(pairs=PAIRS)
def test_groups_are_disjoint_joined_by_their_pairs_and_closed_under_them(
    pairs: list[tuple[int, int]],
) -> None:
    groups = Groups(20)
    for pair in pairs:
        groups.join(*pair)
    together = [set(members.tolist()) for members in groups.members()]
    assert sum(map(len, together)) == len(set().union(*together))
    assert all(len(group) > 1 for group in together)
    for one, other in pairs:
        assert one == other or any({one, other} <= group for group in together)
    for group in together:
        inner = [pair for pair in pairs if pair[0] in group and pair[0] != pair[1]]
        reached = {min(group)}
        for _ in group:
            reached |= {end for pair in inner if reached & set(pair) for end in pair}
        assert reached == group


@given(pairs=PAIRS)
def test_the_order_of_the_pairs_does_not_matter(pairs: list[tuple[int, int]]) -> None:
    forward, backward = Groups(20), Groups(20)
    for pair in pairs:
        forward.join(*pair)
    for pair in reversed(pairs):
        backward.join(*pair[::-1])
    assert forward.roots().tolist() == backward.roots().tolist()
