"""Trust: three approved publications give it, one removal takes it away."""

from listings.life.publishing import publish
from listings.life.removing import remove
from listings.replies.judging import remove_reply
from listings.tables import Reply
from members.tables import Member
from tests.helpers.ads import pending, published


async def trusted(member) -> bool:
    return (await Member.objects().get(Member.id == member.id)).trusted_at is not None


async def test_three_approved_ads_make_a_member_trusted(emilie):
    for number in range(3):
        assert not await trusted(emilie), number
        await publish((await pending(emilie)).id)
    assert await trusted(emilie)


async def test_a_removed_ad_takes_trust_away(anne):
    await remove((await published(anne)).id)
    assert not await trusted(anne)


async def test_a_removed_question_takes_trust_away_from_who_wrote_it(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    await browser.submit(f"/annonces/{ad.id}/reponses", body="Est-ce aussi pour le soir ?")
    await remove_reply((await Reply.objects().first()).id)

    assert not await trusted(bilal)
    assert await trusted(anne)
