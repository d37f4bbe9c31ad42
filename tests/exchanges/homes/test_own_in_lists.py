"""One's own home among the others, and a home before the moderators."""

from uuid import uuid4

from msgspec.structs import replace

from app import database
from listings.content import Content
from listings.writing.editing import Edited, edit
from tests.helpers.browser import words
from tests.helpers.cases import case_of, take
from tests.helpers.homes import a_home, waiting_home
from tests.moderation.cases.people import as_me

MINE = "C’est le vôtre"


async def test_ones_own_home_is_marked_in_the_list_for_its_owner_alone(browser, anne, bilal):
    await a_home(anne, title="La maison aux volets bleus")
    await a_home(bilal, title="Un appartement à Rennes")
    for reader, own in ((anne, "volets bleus"), (bilal, "appartement à Rennes"), (anne, "volets bleus")):
        await browser.sign_in(reader)
        page = words(await browser.get("/logements"))
        assert page.count(MINE) == 1
        assert own in page.split(MINE)[1][:60], "beside its title"


async def test_a_member_without_a_home_reads_the_same_list_unmarked(browser, anne, chloe):
    await a_home(anne)
    for reader, marks in ((anne, 1), (chloe, 0)):
        await browser.sign_in(reader)
        assert words(await browser.get("/logements")).count(MINE) == marks


async def test_the_desk_says_what_each_photo_shows_and_which_beds_there_are(browser, anne, chloe):
    photo = uuid4()
    home = await waiting_home(anne)
    await database.execute(
        "INSERT INTO photo (id, listing, width, height, added_at) VALUES ($1, $2, 16, 16, now())", photo, home.id
    )
    await database.execute(
        "UPDATE listing SET photos = ARRAY[$2::uuid], details = details ||"
        " jsonb_build_object('rooms', jsonb_build_object($2::text, 'kitchen'), 'beds', '{\"double\": 2}'::jsonb)"
        " WHERE id = $1",
        home.id,
        photo,
    )
    await browser.sign_in(chloe)
    page = await take(browser, (await case_of(home.id))["id"])
    assert "2 lits doubles" in words(page)
    assert "Cuisine" in page.text.split(f"/photos/{photo}/thumb")[1][:200]


async def test_beside_a_change_each_photo_is_said_to_show_what_it_was_said_to_then(browser, emilie, chloe):
    photo = uuid4()
    home = await a_home(emilie, photos=[photo], rooms={str(photo): "kitchen"})
    await database.execute(
        "INSERT INTO photo (id, listing, width, height, added_at) VALUES ($1, $2, 16, 16, now())", photo, home.id
    )
    row = await database.row("SELECT * FROM listing WHERE id = $1", home.id)
    content = Content.of(row)
    relabelled = replace(content, details={**content.details, "rooms": {str(photo): "bathroom"}})
    assert await edit(home.id, as_me(emilie, is_trusted=False), relabelled) is Edited.waiting
    await browser.sign_in(chloe)

    page = await take(browser, (await case_of(home.id, "edit"))["id"])

    online, proposed = page.text.split("En ligne aujourd’hui")[1].split("Proposé")[:2]
    assert "Cuisine" in online and "Salle d’eau" not in online
    assert "Salle d’eau" in proposed and "Cuisine" not in proposed
