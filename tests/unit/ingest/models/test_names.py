from bilderatlas.ingest.models.names import class_names


def test_there_are_a_thousand_names_in_the_order_of_imagenet() -> None:
    names = class_names()
    assert len(names) == 1000
    assert all(isinstance(name, str) and name for name in names)
    assert (names[0], names[1], names[954], names[999]) == (
        *("tench", "goldfish", "banana", "toilet paper"),
    )
