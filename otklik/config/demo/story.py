"""The deeds of one demo case in their order, up to the end it was dealt."""

from datetime import datetime, timedelta
from typing import Protocol

from otklik.accounts.models import Body, User
from otklik.cases import services
from otklik.cases.models import Case, Draft, Twin
from otklik.cases.rules import BEFORE_ANSWER
from otklik.cases.services.answers import route_of
from otklik.cases.services.sorting import proposed_body
from otklik.config.demo.messages import MessageMaker, Sample
from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.clocks import INCIDENT_CHANNELS
from otklik.places.models import Street
from otklik.satisfaction.services import invite, take_score
from otklik.topics.models import Topic

# Messages of open pages are answered within the working day, others within days.
QUICK = 0.045
JOINS = 0.7
RATES = 0.45
WHY_BAD = {2: ["unclear"], 1: ["rude"]}
ROUGH = "Ваше обращение рассмотрено. Вопрос находится на контроле, о результатах сообщим дополнительно."
# The same words where the message names no house.
NO_HOUSE = {
    "дома {house}": "вашего дома",
    "доме {house}": "вашем доме",
    "Дом {house}": "Ваш дом",
    ", {house}": "",
}
WIDER = "вопрос касается и соседних округов: ЦУР ведёт его по региону"
WHY_RETURNED = "Не на все вопросы отвечено. Напишите, кто и когда сделает."


class People(Protocol):
    """Who does what in the town, and what the time is; `Fates` is one."""

    maker: MessageMaker
    now: datetime
    calendar: WorkCalendar
    bodies: list[Body]
    outer: list[Body]
    sorter: User | None
    signer: User | None
    sender: User | None

    def worker(self, case: Case) -> User | None: ...
    def approver(self, case: Case, author: User) -> User | None: ...
    def sample_of(self, case: Case) -> Sample: ...


class Story:
    """One case; each deed comes some hours after the one before."""

    def __init__(self, case: Case, end: str, people: People) -> None:
        self.case, self.end, self.people = case, end, people
        self.chance, self.at = people.maker.chance, case.registered_at
        self.pace = QUICK if case.channel.kind in INCIDENT_CHANNELS else 1.0

    def play(self) -> None:
        """Go on until the end is reached. Raises Refused where a rule stands in the way."""
        if self._joined():
            return
        if self.case.needs_triage and (self.end == "assigned" or not self._sort()):
            return
        if self._turned_aside() or self._rests("assigned"):
            return
        worker = self.people.worker(self.case)
        if worker is None:
            return
        self.case = services.take_case(self.case, worker, self._later(3))
        if self.end == "forgotten" or self._rests("in_work", "extended") or self._asked(worker):
            return
        self._answer(worker)

    def _later(self, hours: float) -> datetime:
        """The moment of the next deed, some working hours on; never after now."""
        step = timedelta(hours=hours * self.pace * (0.5 + self.chance.random()))
        self.at = min(self.people.calendar.add_working_time(self.at, step), self.people.now)
        return self.at

    def _rests(self, *ends: str) -> bool:
        """Whether the story stops here; a term that has run out moves it on."""
        if self.end not in ends:
            return False
        self._look_again()
        control = self.case.next_control_at
        return control is None or control > self.people.now

    def _look_again(self) -> None:
        """Take the case as the deeds have left it, with what the story asks about, at once."""
        about = Case.objects.select_related("municipality", "channel", "raw", "topic", "body", "settlement")
        self.case = about.get(pk=self.case.pk)

    def _joined(self) -> bool:
        """A neighbour's message about the same joins the one that came before."""
        twins = Twin.objects.filter(case=self.case, kind="joined", other__joined_to=None)
        twin = twins.filter(other__state__in=BEFORE_ANSWER).order_by("-sureness").first()
        if twin is None or self.people.sorter is None or self.chance.random() > JOINS:
            return False
        services.join_case(self.case, twin.other, self.people.sorter, self._later(2))
        return True

    def _sort(self) -> bool:
        """The curator names topic and body; returns False when there is nobody to do it."""
        sorter = self.people.sorter
        if sorter is None:
            return False
        moment = self._later(2)
        topic = self.case.topic or Topic.objects.order_by("?").first()
        if topic:
            services.set_topic(self.case, topic, sorter, moment)
        body = proposed_body(self.case).rule
        chosen = next((one for one in self.people.bodies if body and one.pk == body.body_id), None)
        chosen = chosen or self.chance.choice(self.people.bodies)
        services.assign_case(self.case, chosen, sorter, moment, "разобрано куратором")
        self._look_again()
        return True

    def _turned_aside(self) -> bool:
        """Ways of the law that end the case or give it more time."""
        sorter, signer = self.people.sorter, self.people.signer
        if self.end == "forwarded" and self.people.outer and sorter:
            body = self.chance.choice(self.people.outer)
            services.forward_case(self.case, body, "вопрос решает этот орган", sorter, self._later(40))
            return True
        if self.end == "left" and sorter:
            services.leave_case(self.case, "no_essence", sorter, self._later(60))
            return True
        if self.end == "extended" and signer:
            self._share_with_region()
            services.extend_term(self.case, 15, "запрошены документы у подрядчика", signer, self._later(60))
        return False

    def _share_with_region(self) -> None:
        """A matter wider than the town goes to the region's centre too, while the town answers its own part."""
        centres = [body for body in self.people.outer if body.kind == "region_centre" and body.is_open]
        if centres and self.people.sorter:
            services.send_copies(self.case, centres[:1], WIDER, self.people.sorter, self._later(30))

    def _asked(self, worker: User) -> bool:
        if self.end != "asking":
            return False
        question = "Укажите номер подъезда и когда удобно прийти мастеру."
        self.case = services.ask_applicant(self.case, question, worker, self._later(6))
        if self._rests("asking"):
            return True
        services.take_reply(self.case, "Второй подъезд, после пяти вечера.", self._later(6))
        return False

    def _answer(self, worker: User) -> None:
        """Draft, approval, signature; a rough draft comes back first."""
        sample, approver = self.people.sample_of(self.case), self.people.approver(self.case, worker)
        if self.end == "returned" and approver:
            self._hand_over(worker, sample, sample.rough or ROUGH)
            self.case = services.return_answer(self.case, WHY_RETURNED, approver, self._later(3))
            if self._rests("returned"):
                return
        self._hand_over(worker, sample, sample.rough if self.end == "on_approval" else "")
        if approver is None or self._rests("on_approval"):
            return
        services.approve_answer(self.case, approver, self._later(3))
        signer = self.people.signer if route_of(self.case).signature == "required" else approver
        if self._rests("signing") or signer is None:
            return
        services.sign_answer(self.case, signer, self._later(2))
        if self._rests("interim", "placing"):
            return
        if self.end == "interim":
            self.end = "closed"
            self._answer(worker)
        else:
            self._place()

    def _hand_over(self, worker: User, sample: Sample, words: str) -> None:
        """Save the draft, the sample's good answer unless other words are given, and submit it."""
        moment, now = self._later(12), self.people.now
        kind = "interim" if self.end == "interim" else "solved" if sample.solvable else "explained"
        promise = self.people.calendar.next_working_day(
            now.date() + timedelta(days=self.chance.randrange(1, 9))
        )
        draft = Draft.objects.filter(case=self.case).first()
        services.save_draft(
            self.case,
            self._text(words or sample.answer, moment),
            kind,
            promise if kind == "interim" else None,
            draft.version if draft else 0,
            worker,
        )
        services.submit_answer(self.case, worker, moment)

    def _place(self) -> None:
        """An outer system publishes by hand; the rest has left by itself."""
        self._look_again()
        if self.case.state == "placing" and self.people.sender:
            link = f"https://example.org/answer/{self.case.pk}"
            self.case = services.mark_placed(self.case, link, self.people.sender, self._later(1))
        if self.case.state == "sent":
            self._after_answer()

    def _after_answer(self) -> None:
        if self.chance.random() < RATES:
            score = self.chance.choices([5, 4, 3, 2, 1], weights=[16, 7, 3, 1, 1])[0]
            take_score(invite(self.case, self._later(2)), score, WHY_BAD.get(score, []), "", self._later(10))
            self._look_again()
        if self.end not in ("sent", "placing") and self.case.state == "sent":
            services.close_case(self.case, None, self._later(24))

    def _text(self, words: str, moment: datetime) -> str:
        promise = self.people.calendar.next_working_day((moment + timedelta(days=6)).date())
        case = self.case
        if not case.house:
            for said, instead in NO_HOUSE.items():
                words = words.replace(said, instead)
        street = Street.objects.filter(municipality_id=case.municipality_id, name=case.street).first()
        return "Здравствуйте. " + (
            words.replace("{past}", f"{moment:%d.%m.%Y}")
            .replace("{date}", f"{promise:%d.%m.%Y}")
            .replace("Улицу {street}", "Улицу" if not case.street else "Улицу {street}")
            .replace("{street}", str(street or case.street or "вашей улице"))
            .replace("{house}", case.house)
            .replace("{settlement}", str(case.settlement) if case.settlement else "вашем посёлке")
        )
