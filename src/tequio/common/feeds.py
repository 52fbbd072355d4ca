"""Feeds whose bytes depend on what is in them alone."""

import datetime as dt

from django.utils.feedgenerator import Atom1Feed


class AtomFeed(Atom1Feed):
    """An Atom feed that tells the day of its newest entry. Django would say "now" of one that has none yet."""

    def latest_post_date(self) -> dt.datetime:
        return super().latest_post_date() if self.items else dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
