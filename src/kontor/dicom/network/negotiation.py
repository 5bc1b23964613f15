"""Which presentation contexts, roles and windows an acceptor agrees to: pure functions (PS3.8 9.3.3, PS3.7 D.3.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kontor.dicom.network.pdus import (
    AssociateAc,
    AssociateRq,
    ContextAnswer,
    ContextResult,
    ProposedContext,
)
from kontor.dicom.network.user_information import AsyncWindow, RoleSelection, UserInformation
from kontor.dicom.values import Uid


@dataclass(frozen=True, slots=True)
class AcceptancePolicy:
    """What an acceptor takes.

    Attributes:
        abstract_syntax: whether a SOP class is served at all.
        transfer_syntaxes: the syntaxes that can be kept. Of those proposed the requestor's first is taken: bytes stay
            as they came, so we have no preference of our own.
        scp_classes: SOP classes for which the requestor may be SCP (C-GET sub-operations); elsewhere it is SCU.
        operations: how many operations a requestor may have outstanding.
    """

    abstract_syntax: Callable[[Uid], bool]
    transfer_syntaxes: AbstractSet[Uid]
    scp_classes: Callable[[Uid], bool] = lambda _uid: False
    operations: int = 1


@dataclass(frozen=True, slots=True)
class AcceptedContext:
    """What an accepted presentation context id stands for."""

    abstract_syntax: Uid
    transfer_syntax: Uid


def answer_contexts(proposed: Iterable[ProposedContext], policy: AcceptancePolicy) -> tuple[ContextAnswer, ...]:
    """One answer per proposed context, in their order (PS3.8 table 9-18)."""
    return tuple(_answer_context(context, policy) for context in proposed)


def answer_roles(proposed: Iterable[RoleSelection], policy: AcceptancePolicy) -> tuple[RoleSelection, ...]:
    """Roles that the requestor may take: never more than it proposed (PS3.7 D.3.3.4.2)."""
    return tuple(
        RoleSelection(role.sop_class_uid, role.scu, role.scp and policy.scp_classes(role.sop_class_uid))
        for role in proposed
    )


def answer_window(proposed: AsyncWindow | None, policy: AcceptancePolicy) -> AsyncWindow | None:
    """Outstanding operations that the requestor may invoke; we invoke one at a time (PS3.7 D.3.3.3).

    None when the requestor proposed nothing: then one operation at a time is agreed on.
    """
    if proposed is None:
        return None
    return AsyncWindow(min(proposed.invoked or policy.operations, policy.operations), 1)


def accept(request: AssociateRq, policy: AcceptancePolicy, user: UserInformation) -> AssociateAc:
    """The A-ASSOCIATE-AC that answers a request. `user` says who we are and how much we receive.

    An answer without any accepted context is legal; the requestor then releases.
    """
    return AssociateAc(
        called_ae=request.called_ae,
        calling_ae=request.calling_ae,
        contexts=answer_contexts(request.contexts, policy),
        user=UserInformation(
            maximum_length=user.maximum_length,
            implementation_class_uid=user.implementation_class_uid,
            implementation_version=user.implementation_version,
            async_window=answer_window(request.user.async_window, policy),
            roles=answer_roles(request.user.roles, policy),
        ),
    )


def accepted_contexts(
    proposed: Sequence[ProposedContext], answers: Iterable[ContextAnswer]
) -> dict[int, AcceptedContext]:
    """The contexts both sides agreed on, by id. Answers to ids that nobody proposed are left out."""
    abstract = {context.context_id: context.abstract_syntax for context in proposed}
    return {
        answer.context_id: AcceptedContext(abstract[answer.context_id], answer.transfer_syntax)
        for answer in answers
        if answer.result == ContextResult.ACCEPTED and answer.context_id in abstract
    }


def _answer_context(context: ProposedContext, policy: AcceptancePolicy) -> ContextAnswer:
    if not policy.abstract_syntax(context.abstract_syntax):
        return _refuse(context, ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED)
    for syntax in context.transfer_syntaxes:
        if syntax in policy.transfer_syntaxes:
            return ContextAnswer(context.context_id, ContextResult.ACCEPTED, syntax)
    return _refuse(context, ContextResult.TRANSFER_SYNTAXES_NOT_SUPPORTED)


def _refuse(context: ProposedContext, result: ContextResult) -> ContextAnswer:
    # The syntax of a refused context is not significant, but some requestors cannot read an empty one.
    syntax = context.transfer_syntaxes[0] if context.transfer_syntaxes else Uid("1.2.840.10008.1.2")
    return ContextAnswer(context.context_id, result, syntax)
