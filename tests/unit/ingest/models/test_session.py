import dataclasses

import numpy as np
import numpy.typing as npt
import pytest
from tests.unit.ingest.models.tiny import HEAD, SIDE, tiny_network

from bilderatlas.errors import ModelError
from bilderatlas.ingest.models.session import NAMES_KEPT, Session


def pictures(count: int) -> npt.NDArray[np.uint8]:
    return np.random.default_rng(3).integers(0, 256, (count, SIDE, SIDE, 3), dtype=np.uint8)


def test_vectors_are_normalised_and_do_not_depend_on_the_batch() -> None:
    session, batch = Session(tiny_network()), pictures(5)
    vectors, _, _ = session.embed(batch)
    assert vectors.shape == (5, HEAD)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(session.embed(batch[3:4])[0][0], vectors[3], atol=1e-5)


def test_the_most_probable_classes_come_first() -> None:
    _, classes, probabilities = Session(tiny_network()).embed(pictures(2))
    assert classes.shape == probabilities.shape == (2, NAMES_KEPT)
    assert classes.dtype == np.int16
    assert (np.diff(probabilities, axis=1) <= 0).all()
    assert ((probabilities > 0) & (probabilities < 1)).all()
    assert ((classes >= 0) & (classes < 1000)).all()


def test_a_network_without_classes_gives_none() -> None:
    network = dataclasses.replace(tiny_network(), logits=None)
    _, classes, probabilities = Session(network).embed(pictures(2))
    assert classes.shape == probabilities.shape == (2, 0)


def test_a_network_that_takes_one_picture_gets_one_at_a_time() -> None:
    batch = pictures(3)
    one_by_one = Session(dataclasses.replace(tiny_network(), one_by_one=True)).embed(batch)
    at_once = Session(tiny_network()).embed(batch)
    np.testing.assert_allclose(one_by_one[0], at_once[0], atol=1e-5)


def test_a_graph_that_cannot_be_run_is_a_model_error() -> None:
    with pytest.raises(ModelError, match=r"The model tiny cannot be run .*--model"):
        Session(dataclasses.replace(tiny_network(), graph=b"no graph"))


def test_a_wrong_input_is_a_model_error() -> None:
    with pytest.raises(ModelError, match="The model tiny fails"):
        Session(tiny_network()).embed(np.zeros((1, 8, 8, 3), dtype=np.uint8))
