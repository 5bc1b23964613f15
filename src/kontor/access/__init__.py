"""Who may do what: organisations, accounts, sessions, tokens, peers, the Scope of every query, and the audit."""

from kontor.access.accounts import (
    Account,
    change_account,
    create_account,
    describe_account,
    first_administrator,
    list_accounts,
    set_password,
    set_preferences,
)
from kontor.access.audit import record, record_once, record_with
from kontor.access.audit_anchors import AuditAnchors
from kontor.access.audit_chain import Act, AuditEntry, ChainFinding, Damage, Outcome
from kontor.access.audit_check import anchor_audit, audit_length, forget_lost_chains, list_audit, verify_chain
from kontor.access.audit_rows import AuditQuery, AuditRow
from kontor.access.errors import (
    AccessError,
    AlreadyThere,
    AuditUnwritable,
    Forbidden,
    Inadmissible,
    LastAdministrator,
    LoginThrottled,
    NoSuchRow,
    PeerRefusal,
    PeerRefused,
    SessionExpired,
    Unauthenticated,
    UnknownToken,
    WrongCredentials,
)
from kontor.access.open_sessions import end_session_of, list_sessions
from kontor.access.organisations import ensure_organisation, prove_database, system_scope
from kontor.access.passwords import PasswordHashing
from kontor.access.peer_rows import PeerRecord, RefusedSender
from kontor.access.peers import (
    admit_sender,
    change_peer,
    create_peer,
    dismiss_sender,
    identify_peer,
    list_peers,
    list_refused_senders,
    remove_peer,
)
from kontor.access.predicates import queries_without_organisation
from kontor.access.rights import EVERY_RIGHT, RIGHTS_OF_ROLE, Right, Role
from kontor.access.room import Access, AccessSettings, load_key
from kontor.access.scope import RESTRICTED_BY, Actor, ActorKind, Restriction, Scope, unrestricted
from kontor.access.session_rows import SessionRecord, TokenRecord
from kontor.access.sessions import SessionOpened, end_session, open_session, session_scope
from kontor.access.sign_in import authenticate
from kontor.access.strangers import record_stranger
from kontor.access.strangers_budget import STRANGERS_A_MINUTE
from kontor.access.tokens import NewToken, create_token, list_tokens, revoke_token, token_scope

__all__ = [
    "EVERY_RIGHT",
    "RESTRICTED_BY",
    "RIGHTS_OF_ROLE",
    "STRANGERS_A_MINUTE",
    "Access",
    "AccessError",
    "AccessSettings",
    "Account",
    "Act",
    "Actor",
    "ActorKind",
    "AlreadyThere",
    "AuditAnchors",
    "AuditEntry",
    "AuditQuery",
    "AuditRow",
    "AuditUnwritable",
    "ChainFinding",
    "Damage",
    "Forbidden",
    "Inadmissible",
    "LastAdministrator",
    "LoginThrottled",
    "NewToken",
    "NoSuchRow",
    "Outcome",
    "PasswordHashing",
    "PeerRecord",
    "PeerRefusal",
    "PeerRefused",
    "RefusedSender",
    "Restriction",
    "Right",
    "Role",
    "Scope",
    "SessionExpired",
    "SessionOpened",
    "SessionRecord",
    "TokenRecord",
    "Unauthenticated",
    "UnknownToken",
    "WrongCredentials",
    "admit_sender",
    "anchor_audit",
    "audit_length",
    "authenticate",
    "change_account",
    "change_peer",
    "create_account",
    "create_peer",
    "create_token",
    "describe_account",
    "dismiss_sender",
    "end_session",
    "end_session_of",
    "ensure_organisation",
    "first_administrator",
    "forget_lost_chains",
    "identify_peer",
    "list_accounts",
    "list_audit",
    "list_peers",
    "list_refused_senders",
    "list_sessions",
    "list_tokens",
    "load_key",
    "open_session",
    "prove_database",
    "queries_without_organisation",
    "record",
    "record_once",
    "record_stranger",
    "record_with",
    "remove_peer",
    "revoke_token",
    "session_scope",
    "set_password",
    "set_preferences",
    "system_scope",
    "token_scope",
    "unrestricted",
    "verify_chain",
]
