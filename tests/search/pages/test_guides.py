"""The site's own pages as things to be found."""

import re

from search.contract import DocumentType
from search.documents.guides import Guides, all_guides


async def test_every_guide_leads_to_a_page_that_is_there(browser, bilal):
    await browser.sign_in(bilal)
    for guide in all_guides().values():
        path, _, place = guide.path.partition("#")
        page = await browser.get(path)
        assert page.status_code == 200, guide.path
        assert not place or f'id="{place}"' in page.text, guide.path


async def test_every_article_of_the_charter_is_a_guide_in_its_own_words(browser):
    page = await browser.get("/charte")
    numbers = re.findall(r'id="article-(\d+)"', page.text)
    assert len(numbers) == 16
    assert all(f"guide-charte-{number}" in all_guides() for number in numbers)
    assert "ni points, ni étoiles, ni dette" in all_guides()["guide-charte-1"].body
    assert "<" not in "".join(guide.body + guide.title for guide in all_guides().values())


async def test_guides_are_of_no_place_no_author_and_no_date():
    for guide in all_guides().values():
        assert guide.type is DocumentType.guide
        assert (guide.author, guide.commune, guide.expires_at, guide.starts_on) == ("", "", None, None)
        assert re.fullmatch(r"[\w-]{1,64}", guide.id)


async def test_the_source_knows_its_own_and_nothing_else():
    batches = [batch async for batch in Guides().every()]
    assert sum(map(len, batches)) == await Guides().how_many() == len(all_guides())
    assert [one.id for one in await Guides().documents(["guide-charte-1", "guide-inconnu"])] == ["guide-charte-1"]
