"""Which contacts belong together: those of one issue, and those of one customer."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulator.records import Table

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]

ABSENT = -1
"""The row of a contact that is not in the table."""


class Histories:
    """The contacts of a table in the order of each customer's, with an element a row.

    A customer's first contact has the number 1, that about an issue is the first of its own.
    """

    def __init__(self, contacts: Table) -> None:
        self.contacts = contacts
        customer, issue = contacts.column("customer"), contacts.column("issue")
        number = contacts.column("number")
        self._order = np.lexsort((number, issue, customer))
        ordered = customer[self._order], issue[self._order], number[self._order]
        of_customer = np.diff(ordered[0], prepend=-1) != 0
        of_issue = of_customer | (np.diff(ordered[1].astype(np.int64), prepend=0) != 0)
        self.number_in_issue = contacts.column("nth").astype(np.int64)
        """1 for the first contact about an issue, 2 for the second."""
        self.customers = Gathering(self._order, of_customer, ordered[2] == 1)
        self.issues = Gathering(self._order, of_issue, self.number_in_issue[self._order] == 1)

    @cached_property
    def has_later(self) -> Mask:
        """Which contacts are followed by another one about the same issue."""
        of = self.issues.of[self._order]
        later = np.empty(len(of), bool)
        later[self._order] = np.append(of[:-1] == of[1:], [False] * min(1, len(of)))
        return later

    def rows_of(self, customer: NDArray[np.int32], number: NDArray[np.uint8]) -> Rows:
        """The rows of these contacts; `ABSENT` for those that are still under way."""
        wanted = _key(customer, number)
        keys = _key(self.contacts.column("customer"), self.contacts.column("number"))
        order = np.argsort(keys, kind="stable")
        at = np.searchsorted(keys[order], wanted)
        found = np.append(keys[order], ABSENT)[at] == wanted
        return np.where(found, np.append(order, ABSENT)[at], ABSENT)


def _key(customer: NDArray[np.int32], number: NDArray[np.uint8]) -> Rows:
    return customer.astype(np.int64) << 8 | number


class Gathering:
    """Contacts gathered into units: issues, or customers.

    of: each row's unit, by index.  first: the row of each unit's first contact, or `ABSENT`.
    """

    def __init__(self, order: Rows, begins: Mask, may_be_first: Mask) -> None:
        """Gather rows in `order`; a unit begins where `begins`, if it `may_be_first`."""
        self.of = np.empty(len(order), np.int64)
        self.of[order] = np.cumsum(begins) - 1
        self.first = np.where(may_be_first, order, ABSENT)[begins]
