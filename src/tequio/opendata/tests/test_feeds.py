"""The feed and the calendar: valid, stable, and each says where to read on."""

import datetime as dt
from xml.etree import ElementTree

from django.test import Client
from django.utils import timezone
from icalendar import Calendar

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_feed_tells_the_latest_acts_newest_first(valle):
    answer = Client().get("/valle/datos/novedades.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    links = [entry.find(f"{ATOM}link").get("href") for entry in entries]
    numbers = [int(link.rstrip("/").rsplit("/", 1)[1]) for link in links]
    assert feed.find(f"{ATOM}title").text == "Gobierno abierto en Valle: lo más reciente"
    assert numbers == sorted(numbers, reverse=True)
    assert len({entry.find(f"{ATOM}id").text for entry in entries}) == len(entries) > 20
    for entry in entries:
        assert dt.datetime.fromisoformat(entry.find(f"{ATOM}updated").text).tzinfo is not None
        assert entry.find(f"{ATOM}title").text
    assert Client().get(links[0].replace("http://testserver", "")).status_code == 200


def test_the_calendar_has_the_deadline_of_each_activity_that_is_not_verified(valle):
    answer = Client().get("/valle/datos/plazos.ics")
    calendar = Calendar.from_ical(answer.content)
    every = calendar.walk("VEVENT")
    assert len({str(event["uid"]) for event in every}) == len(every)
    events = [event for event in every if "-actividad-" in str(event["uid"])]
    rows = Client().get("/api/v1/valle/activities").json()["results"]
    assert sorted(event.decoded("dtstart").isoformat() for event in events) == sorted(row["due"] for row in rows)
    first = events[0]
    assert str(first["summary"]).startswith("Vence: Publicar la bitácora")
    assert first.decoded("dtend") - first.decoded("dtstart") == dt.timedelta(days=1)
    assert len(events) == 4
    assert max(map(len, answer.content.split(b"\r\n"))) <= 75
    assert str(first["url"]).startswith("http://127.0.0.1:8000/valle/actividades/")


def test_readers_of_english_get_the_calendar_in_english(valle):
    calendar = Calendar.from_ical(Client().get("/en/valle/datos/plazos.ics").content)
    events = calendar.walk("VEVENT")
    summaries = [str(event["summary"]) for event in events if "-actividad-" in str(event["uid"])]
    assert all("Publish water log" in summary for summary in summaries)
    assert len(summaries) == 4


def test_the_calendar_has_what_a_running_plan_must_still_do_and_nothing_of_the_past(valle):
    calendar = Calendar.from_ical(Client().get("/valle/datos/plazos.ics").content)
    duties = [event for event in calendar.walk("VEVENT") if "-plan-" in str(event["uid"])]
    assert len(duties) > 3
    assert min(event.decoded("dtstart") for event in duties) >= timezone.localdate()
    assert {str(event["url"]) for event in duties} == {"http://127.0.0.1:8000/valle/planes/1/#obligaciones"}
