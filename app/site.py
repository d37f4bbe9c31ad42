"""The site: what it is made of, in one list."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from litestar import Litestar
from litestar.config.csrf import CSRFConfig
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware
from litestar.plugins.htmx import HTMXPlugin
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template.config import TemplateConfig
from litestar.types import ControllerRouterHandler

from agenda.feeds import Feeds, MyFeeds
from agenda.pages import Agenda, MySpace
from answers.answer_pages import Answering, OwnAnswer
from answers.board_pages import Boards, OneAnswer
from answers.rota.controllers import DayToCover, RotaWeek
from app import dates, problems
from app.assets import Assets
from app.database import connection_pool
from app.direct import direct, streams_that_end
from app.frame import Frame
from app.french import at, of, typeset
from app.heads import answering_heads
from app.icons import icon
from app.labels import labels, number
from app.live import live_pages
from app.lost import known_when_lost
from app.mailbox import Mailbox
from app.public import PublicPages
from app.refusals import AlreadyDone, Refused, SignInFirst, Suspended
from app.requests import Request
from app.security import security_headers
from app.settings import settings
from app.warming import read_rights, warm_places
from benefits.bridges.pages import Bridges
from benefits.catalogue.administration import CatalogueCheck
from benefits.catalogue.pages import Rights
from benefits.companion.pages import Companion
from benefits.counting import counting_beside
from benefits.simulators.pages.packet_pages import ChoosingPacket
from benefits.simulators.pages.questionnaire import Questionnaire
from benefits.simulators.pages.single import Simulators
from contacts.directory.administration import ContactsOffice, OneContactInOffice
from contacts.directory.importing.pages import ContactImports
from contacts.directory.own_pages import OwnContacts
from contacts.directory.pages import Directory
from contacts.social.desk_pages import HandlingTalks, SocialDesk
from contacts.social.first_pages import SocialService
from contacts.social.packet_pages import Packets
from contacts.social.talk_pages import SocialTalkPages
from exchanges.calendar.hub_pages import OwnExchanges
from exchanges.calendar.pages import OwnWishes, PlannedYear
from exchanges.figures.pages import ExchangeFiguresPages
from exchanges.homes.reading.pages import Homes, HowExchangesWork, OneHome
from exchanges.homes.writing.changing_pages import ChangingHome
from exchanges.homes.writing.draft_pages import HomeDraft
from exchanges.homes.writing.own_pages import MyHome
from exchanges.hospitality.pages import RoofCalls
from exchanges.hospitality.week_room_pages import StoppingAWeekRoom, WeekRooms
from exchanges.stays.pages import ConfirmedPapers, OneVisit, OwnBooklet, OwnCard
from exchanges.swaps.pages import OneSwap, SwapDays
from exchanges.swaps.request_pages import SwapRequests
from listings.life.ending_link_pages import EndingLinks
from listings.life.ending_pages import Closing, Helpers
from listings.life.renewing_pages import BeginningAgain, Prolonging
from listings.photos.pages import Photos
from listings.reading.ad_pages import AdPages
from listings.reading.home import Home
from listings.reading.lists import Listings
from listings.reading.suggesting import Suggesting
from listings.replies import pages as replies
from listings.tips import pages as tips
from listings.writing.changing import Changing
from listings.writing.pages import Draft, NewListing, OwnListings, Sending
from members.administration import Administration, Bodies, OneBody, OneRole, Roles
from members.blocks import Blocks
from members.controllers import Confirmation, ForgottenPassword, Joining, NewPassword, SigningIn
from members.my_controllers import Me, MyDevices, MyPassword
from members.sessions import ResumeSession
from members.signing_in import csrf_cookie
from messaging.controllers import Conversations, OneConversation
from moderation.appeals.pages import Contesting, Judging, OwnAppeals
from moderation.audit.pages import AuditLog
from moderation.cases.pages import EvidencePhotos, KnownPeople
from moderation.decisions.pages import OwnDecision, OwnDecisions, Suspension
from moderation.desk.among_moderators import AmongModerators
from moderation.desk.pages import Desk, Dossier
from moderation.figures.pages import TeamFigures
from moderation.figures.transparency.pages import Transparency, TransparencyFiles
from moderation.notices.pages import Notices
from moderation.reports.abuse_pages import AbusiveReporters
from moderation.reports.pages import OwnReport, OwnReports, Reports
from moderation.rules.care import Helplines
from moderation.rules.desk.pages import DryRuns, OneRule, Rules
from moderation.rules.while_typing import WhileTyping
from moderation.sanctions.door import not_suspended
from moderation.sanctions.kinds import until_in_words
from moderation.sanctions.pages import Sanctions
from moving.controllers import MovingPages
from notifications.controllers import Notifications
from notifications.stop_pages import MailStops
from partners.administration import OffersLeft
from partners.importing.pages import ImportingOffers
from partners.reading.pages import Offers, OneOffer
from partners.writing.own_pages import OwnOffer, OwnOffers
from partners.writing.pages import WritingOffer
from search.engine import open_engine
from search.pages.controllers import Searching
from search.saved.pages import OwnSearch, SavedSearches
from search.vocabulary.pages import Vocabulary
from thanks.pages import OneExchange, Thanks

PROJECT = Path(__file__).parent.parent
LARGEST_FORM = 200_000  # bytes; forms with photos say their own limit

CONTROLLERS: list[ControllerRouterHandler] = [
    PublicPages,
    Rights,
    Companion,
    Simulators,
    Questionnaire,
    ChoosingPacket,
    Helplines,
    WhileTyping,
    Rules,
    DryRuns,
    OneRule,
    Home,
    Mailbox,
    Joining,
    Confirmation,
    SigningIn,
    ForgottenPassword,
    NewPassword,
    Me,
    MyPassword,
    MyDevices,
    Bridges,
    MySpace,
    Agenda,
    MyFeeds,
    Feeds,
    Listings,
    NewListing,
    Draft,
    Sending,
    OwnListings,
    Changing,
    Homes,
    OneHome,
    HowExchangesWork,
    MyHome,
    HomeDraft,
    ChangingHome,
    Offers,
    OneOffer,
    OwnOffers,
    OwnOffer,
    WritingOffer,
    ImportingOffers,
    OffersLeft,
    Closing,
    Helpers,
    Prolonging,
    BeginningAgain,
    EndingLinks,
    Photos,
    AdPages,
    replies.Answers,
    replies.Edits,
    replies.Deletions,
    tips.BestAnswer,
    tips.Checks,
    Suggesting,
    Searching,
    Answering,
    OwnAnswer,
    Boards,
    OneAnswer,
    OneSwap,
    SwapDays,
    SwapRequests,
    Conversations,
    OneConversation,
    SocialService,
    SocialTalkPages,
    HandlingTalks,
    SocialDesk,
    Packets,
    RotaWeek,
    DayToCover,
    RoofCalls,
    WeekRooms,
    StoppingAWeekRoom,
    Notifications,
    MailStops,
    MovingPages,
    OwnExchanges,
    PlannedYear,
    OwnWishes,
    OwnCard,
    OwnBooklet,
    ConfirmedPapers,
    OneVisit,
    Directory,
    OwnContacts,
    SavedSearches,
    OwnSearch,
    Blocks,
    Administration,
    ContactImports,
    ContactsOffice,
    OneContactInOffice,
    Bodies,
    OneBody,
    Roles,
    OneRole,
    Vocabulary,
    ExchangeFiguresPages,
    CatalogueCheck,
    direct,
    Desk,
    Dossier,
    EvidencePhotos,
    KnownPeople,
    Judging,
    Contesting,
    OwnAppeals,
    AuditLog,
    AmongModerators,
    OwnDecision,
    OwnDecisions,
    Suspension,
    Sanctions,
    Reports,
    Thanks,
    OneExchange,
    OwnReport,
    OwnReports,
    AbusiveReporters,
    Notices,
    TeamFigures,
    Transparency,
    TransparencyFiles,
]


def create_app(**overrides: Any) -> Litestar:
    """The ASGI application. With `worker=True` it also runs the queue's jobs (one process is then the whole site)."""
    assets = Assets()
    site = Litestar(
        route_handlers=[*CONTROLLERS, assets.handler],
        lifespan=[
            connection_pool,
            open_engine,
            live_pages,
            streams_that_end,
            read_rights,
            counting_beside,
            warm_places,
            *overrides.pop("also", []),
        ],
        guards=[not_suspended],
        middleware=[DefineMiddleware(ResumeSession, exclude="^/static")],
        csrf_config=CSRFConfig(
            secret=settings().secret,
            cookie_name=csrf_cookie(),
            cookie_httponly=True,
            cookie_secure=settings().is_https,
            exclude="^/static",
        ),
        template_config=TemplateConfig(instance=JinjaTemplateEngine(engine_instance=_jinja(assets))),
        exception_handlers={
            Refused: problems.refused,
            AlreadyDone: problems.already_done,
            SignInFirst: problems.sign_in_first,
            Suspended: problems.suspended,
            HTTPException: problems.http_error,
            Exception: problems.crashed,
        },
        before_send=[security_headers(settings().is_https)],
        request_max_body_size=LARGEST_FORM,
        plugins=[HTMXPlugin()],
        request_class=Request,
        openapi_config=None,
        logging_config=None,
        **overrides,
    )
    site.asgi_handler = answering_heads(known_when_lost(site.asgi_handler))
    return site


def _jinja(assets: Assets) -> Environment:
    cache = settings().state_dir / "templates"
    cache.mkdir(exist_ok=True)
    jinja = Environment(
        loader=FileSystemLoader(PROJECT / "templates"),
        bytecode_cache=FileSystemBytecodeCache(str(cache)),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # asking the disk at each page whether a template changed costs more than a query
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.globals.update(
        frame=Frame(jinja),
        asset=assets.url,
        icon=icon,
        labels=labels,
        demo=settings().demo,
        site_url=settings().site_url,
        until_in_words=until_in_words,
    )
    jinja.filters.update(
        number=number,
        in_words=dates.in_words,
        on_day=dates.on_day,
        hour=dates.hour,
        moment=dates.moment,
        since=dates.since,
        of=of,
        at=at,
        typeset=typeset,
    )
    return jinja
