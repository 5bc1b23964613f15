"""What an acceptor agrees to is a function of the proposal and its policy."""

from __future__ import annotations

import pytest

from kontor.dicom.network import (
    AcceptancePolicy,
    AcceptedContext,
    AsyncWindow,
    ContextAnswer,
    ContextResult,
    ProposedContext,
    RoleSelection,
    UserInformation,
    accept,
    accepted_contexts,
    answer_contexts,
    answer_roles,
    answer_window,
)
from kontor.dicom.values import TRANSFER_SYNTAXES, Uid, accepts_storage
from tests.dicom.network.scripts import CT, EXPLICIT, IMPLICIT, a_request

_JPEG = Uid("1.2.840.10008.1.2.4.70")
_POLICY = AcceptancePolicy(accepts_storage, frozenset(TRANSFER_SYNTAXES), operations=16)


@pytest.mark.parametrize(
    ("abstract", "syntaxes", "expected"),
    [
        pytest.param(CT, (EXPLICIT, IMPLICIT), (0, EXPLICIT), id="first of the requestor"),
        pytest.param(CT, (IMPLICIT, EXPLICIT), (0, IMPLICIT), id="whatever its order"),
        pytest.param(CT, (_JPEG,), (0, _JPEG), id="compressed"),
        pytest.param(CT, ("1.2.3", _JPEG, IMPLICIT), (0, _JPEG), id="first known one"),
        pytest.param(CT, ("1.2.3",), (4, "1.2.3"), id="none known"),
        pytest.param(CT, (), (4, IMPLICIT), id="none proposed"),
        pytest.param("1.2.840.10008.5.1.4.1.1.1.2", (IMPLICIT,), (0, IMPLICIT), id="mammography"),
        pytest.param("1.2.840.10008.5.1.4.1.1.6", (IMPLICIT,), (0, IMPLICIT), id="retired ultrasound"),
        pytest.param("1.3.12.2.1107.5.9.1", (IMPLICIT,), (0, IMPLICIT), id="private CSA class"),
        pytest.param("1.2.840.10008.5.1.4.1.2.2.1", (IMPLICIT,), (3, IMPLICIT), id="query is no storage"),
    ],
)
def test_contexts_are_answered_by_policy(abstract: str, syntaxes: tuple[str, ...], expected: tuple[int, str]) -> None:
    proposed = ProposedContext(5, Uid(abstract), tuple(Uid(syntax) for syntax in syntaxes))
    assert answer_contexts([proposed], _POLICY) == (ContextAnswer(5, expected[0], Uid(expected[1])),)


def test_only_accepted_contexts_count() -> None:
    proposed = (ProposedContext(1, CT, (EXPLICIT,)), ProposedContext(3, Uid("1.2.840.10008.1.20.1"), (IMPLICIT,)))
    answers = (*answer_contexts(proposed, _POLICY), ContextAnswer(9, ContextResult.ACCEPTED, IMPLICIT))
    assert accepted_contexts(proposed, answers) == {1: AcceptedContext(CT, EXPLICIT)}


def test_roles_are_never_more_than_proposed_and_never_more_than_allowed() -> None:
    get_policy = AcceptancePolicy(accepts_storage, frozenset(TRANSFER_SYNTAXES), scp_classes=accepts_storage)
    proposed = [RoleSelection(CT, scu=False, scp=True), RoleSelection(Uid("1.2"), scu=True, scp=False)]
    assert answer_roles(proposed, _POLICY) == (
        RoleSelection(CT, scu=False, scp=False),
        RoleSelection(Uid("1.2"), scu=True, scp=False),
    )
    assert answer_roles(proposed, get_policy) == tuple(proposed)


@pytest.mark.parametrize(
    ("proposed", "answer"),
    [
        (None, None),
        (AsyncWindow(1, 1), AsyncWindow(1, 1)),
        (AsyncWindow(8, 8), AsyncWindow(8, 1)),
        (AsyncWindow(0, 0), AsyncWindow(16, 1)),
        (AsyncWindow(100, 1), AsyncWindow(16, 1)),
    ],
)
def test_the_window_is_the_smaller_of_both(proposed: AsyncWindow | None, answer: AsyncWindow | None) -> None:
    assert answer_window(proposed, _POLICY) == answer


def test_an_acceptance_echoes_the_titles_and_says_who_we_are() -> None:
    us = UserInformation(maximum_length=1 << 20, implementation_class_uid=Uid("1.2.3"), implementation_version="K")
    answer = accept(a_request(), _POLICY, us)
    assert (answer.called_ae, answer.calling_ae) == ("KONTOR", "CT1")
    assert (answer.user.maximum_length, answer.user.implementation_version) == (1 << 20, "K")
    assert answer.user.async_window is None
    assert [context.result for context in answer.contexts] == [
        ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED,  # verification is no storage: this policy leaves it out
        ContextResult.ACCEPTED,
    ]
