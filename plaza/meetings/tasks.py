"""Doors for jobs."""

from procrastinate.contrib.django import app

from plaza.meetings.domain import rooms


# Often enough to know to a few minutes who was there, where the server does not tell it itself.
@app.periodic(cron="*/2 * * * *")
@app.task(name="plaza.meetings.tasks.look_into_rooms", queueing_lock="look into rooms", lock="look into rooms")
def look_into_rooms(timestamp: int) -> None:
    rooms.look_into_rooms()


# For two weeks after each meeting that may be recorded.
@app.periodic(cron="*/30 * * * *")
@app.task(name="plaza.meetings.tasks.look_for_recordings", queueing_lock="look for recordings")
def look_for_recordings(timestamp: int) -> None:
    rooms.look_for_recordings()
