"""What runs when. Every job here can be run again at any time without harm."""

from answers.asking import stop_waiting_everywhere
from answers.rota.asking import find_for_all_due
from answers.rota.reminding import remind_the_evening_before
from app.dates import now
from app.jobs import queue
from app.throttle import sweep
from benefits.counting import forget_old_uses
from contacts.directory.importing.bringing_in import forget_old_imports
from contacts.directory.keeping import forget_past_closures
from contacts.social.passing import let_time_pass_over_talks
from exchanges.calendar.saving import forget_past_weeks
from exchanges.figures.making import forget_old_figures, keep_figures_of_today
from exchanges.hospitality.asking import forget_old_calls, go_on_with_all
from exchanges.matching.everybody import match_everybody
from exchanges.matching.jobs import ONE_AT_A_TIME as MATCHING
from exchanges.stays.finishing import finish_past_swaps
from exchanges.stays.forgetting import forget_past_stays
from exchanges.stays.reminding import remind_before_stays
from exchanges.swaps.passing import let_swaps_pass
from exchanges.swaps.reminding import remind_of_answers
from listings.life.passing import let_time_pass
from listings.photos.fingerprints import fingerprint_old_photos
from listings.photos.photographing import drop_unused_photos
from members.joining import sweep_unconfirmed
from members.links import sweep_links
from members.sessions import sweep_sessions
from moderation.audit.sealing import seal
from moderation.cases.erasing import let_time_pass_over_cases
from moderation.figures.transparency.freezing import freeze_last_year
from moderation.notices.forgetting import forget_old_notices
from moderation.rules.recording import forget_old_hits
from moderation.sanctions.ending import end_sanctions
from moving.declaring import forget_past_moves
from notifications.forgetting import forget_old_news
from search.following.checking import check_here
from search.following.passing import let_days_pass
from search.saved.deriving import derive_outdated
from search.saved.forgetting import forget_old_alerts
from search.saved.telling import tell_all_due
from search.saved.widening import propose_wider
from search.vocabulary.unfound import forget_unfound
from thanks.opening import forget_unreadable, open_due


@queue.periodic(cron="17 3 * * *")
@queue.task(name="app.sweep")
async def sweep_every_night(timestamp: int) -> None:
    """Forgets throttle counters, sessions, links, news, moves, weeks of holidays, hits of rules, vain searches and uses
    of rights past their time, and addresses never confirmed; in January not before the year that ended is reported."""
    await freeze_last_year()
    await sweep()
    await sweep_sessions()
    await sweep_links()
    await sweep_unconfirmed()
    await forget_old_hits()
    await forget_past_moves()
    await forget_past_weeks()
    await forget_old_news()
    await forget_old_notices()
    await forget_unfound()
    await forget_old_calls()
    await forget_old_figures()
    await forget_old_imports()
    await forget_past_closures()
    await forget_old_uses()


@queue.periodic(cron="*/5 * * * *")
@queue.task(name="app.revive")
async def revive_jobs(timestamp: int) -> None:
    """Jobs of a worker that died are taken up by another."""
    for job in await queue.job_manager.get_stalled_jobs():
        await queue.job_manager.retry_job(job)


@queue.periodic(cron="7 * * * *")
@queue.task(name="listings.let_time_pass")
async def let_time_pass_every_hour(timestamp: int) -> None:
    """Ads past their last day close, authors of those that end soon are asked, what ended long ago is erased."""
    await let_time_pass()


@queue.periodic(cron="52 * * * *")
@queue.task(name="contacts.let_time_pass")
async def let_time_pass_over_talks_every_hour(timestamp: int) -> None:
    """Conversations nobody of the social service follows any more wait again, silent ones close, old ones are
    erased."""
    await let_time_pass_over_talks()


@queue.periodic(cron="37 3 * * *")
@queue.task(name="listings.drop_unused_photos")
async def drop_unused_photos_every_night(timestamp: int) -> None:
    """Photos sent for a change that never came are forgotten."""
    await drop_unused_photos()


@queue.periodic(cron="27 * * * *")
@queue.task(name="thanks.open_due")
async def open_thanks_every_hour(timestamp: int) -> None:
    """Words of thanks sealed for fourteen days reach the other."""
    await open_due()


@queue.periodic(cron="41 2 * * *")
@queue.task(name="exchanges.match_everybody", lock=MATCHING)
async def match_everybody_every_night(timestamp: int) -> None:
    """Who fits whose home is computed again, and the exchanges that serve most are proposed."""
    await match_everybody()


@queue.periodic(cron="7 4 * * *")
@queue.task(name="search.check_every_night")
async def check_index_every_night(timestamp: int) -> None:
    """What the index has is compared with the database, and mended."""
    await check_here()


@queue.periodic(cron="3 0 * * *")
@queue.task(name="search.let_days_pass")
async def let_days_pass_every_night(timestamp: int) -> None:
    """What takes place on several days is found by the next of them."""
    await let_days_pass()


@queue.periodic(cron="57 3 * * *")
@queue.task(name="thanks.forget_unreadable")
async def forget_thanks_every_night(timestamp: int) -> None:
    """What nobody reads any more of the words about an erased ad is forgotten."""
    await forget_unreadable()


@queue.periodic(cron="*/5 * * * *")
@queue.task(name="answers.find_for_all_due")
async def find_for_all_due_every_five_minutes(timestamp: int) -> None:
    """Somebody is looked for wherever a helper cannot come, also when the job that should have died."""
    await find_for_all_due(now())


@queue.periodic(cron="2 * * * *")
@queue.task(name="answers.remind")
async def remind_every_hour(timestamp: int) -> None:
    """Whoever is expected tomorrow hears of it, where it is evening."""
    await remind_the_evening_before(now())


@queue.periodic(cron="*/5 * * * *")
@queue.task(name="search.tell_due")
async def tell_all_due_every_five_minutes(timestamp: int) -> None:
    """Members hear of what their searches found, in the digests and when the job of an ad died."""
    await tell_all_due()


@queue.periodic(cron="*/5 * * * *")
@queue.task(name="search.derive_outdated", lock="saved searches")
async def derive_outdated_every_five_minutes(timestamp: int) -> None:
    """Saved searches follow the words and places they are compared by; telling does not wait for all of them."""
    await derive_outdated()


@queue.periodic(cron="12 9 * * *")
@queue.task(name="search.propose_wider")
async def propose_wider_every_morning(timestamp: int) -> None:
    """Members whose search found nothing for a month are told that a wider one might; what was found long ago is
    forgotten."""
    await forget_old_alerts()
    await propose_wider()


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="answers.stop_waiting_everywhere")
async def stop_waiting_every_ten_minutes(timestamp: int) -> None:
    """Who was offered a place and said nothing has let it go, also when the job that should have seen it died."""
    await stop_waiting_everywhere()


@queue.periodic(cron="* * * * *")
@queue.task(name="moderation.seal")
async def seal_every_minute(timestamp: int) -> None:
    """What was added to the log is chained to what stood there."""
    await seal()


@queue.periodic(cron="21 3 * * *")
@queue.task(name="moderation.seal_everything")
async def seal_everything_every_night(timestamp: int) -> None:
    """The same, looking through the whole log for what a very long transaction added."""
    await seal(everything=True)


@queue.periodic(cron="47 3 * * *")
@queue.task(name="listings.fingerprint_old_photos")
async def fingerprint_photos_every_night(timestamp: int) -> None:
    """Photos kept before fingerprints were get theirs, so many a night."""
    await fingerprint_old_photos()


@queue.periodic(cron="*/5 * * * *")
@queue.task(name="moderation.end_sanctions")
async def end_sanctions_every_five_minutes(timestamp: int) -> None:
    """Measures end on their day; the ads of who is no longer suspended come back."""
    await end_sanctions()


@queue.periodic(cron="22 3 * * *")
@queue.task(name="moderation.let_time_pass")
async def let_time_pass_over_cases_every_night(timestamp: int) -> None:
    """What moderation removed is erased when nobody may contest it any more, decisions are forgotten after a year, not
    before that year is reported."""
    await freeze_last_year()
    await let_time_pass_over_cases()


@queue.periodic(cron="11 * * 1,2 *")
@queue.task(name="moderation.freeze_last_year")
async def freeze_last_year_in_january(timestamp: int) -> None:
    """The transparency report of the year that ended is made once, from its first hours on until it is."""
    await freeze_last_year()


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="exchanges.go_on_with_calls")
async def go_on_with_calls_every_ten_minutes(timestamp: int) -> None:
    """Who lost their roof shortly before a stay: the next neighbours are asked, also when the job that should died."""
    await go_on_with_all(now())


@queue.periodic(cron="41 * * * *")
@queue.task(name="exchanges.keep_figures")
async def keep_exchange_figures_every_hour(timestamp: int) -> None:
    """The figures of exchanges are counted once a day, in its first hour."""
    await keep_figures_of_today()


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="exchanges.let_swaps_pass")
async def let_swaps_pass_every_ten_minutes(timestamp: int) -> None:
    """Proposals nobody answered in time end, and exchanges nobody agreed on days for."""
    await let_swaps_pass()


@queue.periodic(cron="22 * * * *")
@queue.task(name="exchanges.remind_of_answers")
async def remind_of_answers_every_hour(timestamp: int) -> None:
    """Who said nothing of a proposal hears of it once more, a day before it ends."""
    await remind_of_answers()


@queue.periodic(cron="42 7 * * *")
@queue.task(name="exchanges.remind_before_stays")
async def remind_before_stays_every_morning(timestamp: int) -> None:
    """Guests and hosts hear of what to prepare."""
    await remind_before_stays()


@queue.periodic(cron="32 * * * *")
@queue.task(name="exchanges.finish_past_swaps")
async def finish_past_swaps_every_hour(timestamp: int) -> None:
    """Exchanges whose last day has passed are done; words of thanks may be written."""
    await finish_past_swaps()


@queue.periodic(cron="52 3 * * *")
@queue.task(name="exchanges.forget_past_stays")
async def forget_past_stays_every_night(timestamp: int) -> None:
    """Doors, who read them and what was ticked are erased a month after a stay."""
    await forget_past_stays()
