"""How far each demo case goes: by its age and chance, always through the services and their refusals."""

from datetime import datetime, timedelta

from otklik.accounts.models import Body, Holding, User
from otklik.accounts.selectors import people_with
from otklik.cases import services
from otklik.cases.models import Case
from otklik.cases.services.answers import route_of
from otklik.cases.services.sorting import proposed_body
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.config.demo.messages import MessageMaker, Sample
from otklik.deadlines.clocks import INCIDENT_CHANNELS
from otklik.deadlines.selectors import calendar_of
from otklik.satisfaction.services import invite, take_score
from otklik.topics.models import Topic

LONGEST_DRAFT = 3


class Fates:
    """Carries cases of one town forward in time, up to now."""

    def __init__(self, municipality: Municipality, maker: MessageMaker, now: datetime) -> None:
        self.town, self.maker, self.chance, self.now = municipality, maker, maker.chance, now
        self.calendar = calendar_of(municipality)
        self.bodies = list(Body.objects.filter(municipality=municipality, is_external=False, is_open=True))
        self.outer = list(Body.objects.filter(municipality=municipality, is_external=True))
        self.sorter = self._who("cases.assign")
        self.signer = self._who("cases.sign_answer")
        self.sender = self._who("cases.send_answer") or self.sorter

    def _who(self, permission: str) -> User | None:
        return people_with(permission, self.town).order_by("id").first()

    def _approver(self, case: Case, author: User) -> User | None:
        """Somebody of the charter's route who is not the author."""
        roles = route_of(case).approves
        held = Holding.objects.filter(municipality=self.town, role__key__in=roles, until=None).exclude(
            user=author
        )
        of_block = held.filter(block_key=case.block_key).first() if case.block_key else None
        found = of_block or held.first()
        return found.user if found else None

    def carry(self, case: Case) -> None:
        """Play the deeds of one case; a rule's refusal ends its story where it stands."""
        age = (self.now - case.came_at) / timedelta(days=1)
        try:
            self._play(case, age)
        except Refused:
            return

    def _after(self, case: Case, hours: float) -> datetime:
        """Some hours after registration; messages of open pages are answered within the working day."""
        pace = 0.15 if case.channel.kind in INCIDENT_CHANNELS else 1
        return min(
            case.registered_at + timedelta(hours=hours * pace * (0.5 + self.chance.random())), self.now
        )

    def _play(self, case: Case, age: float) -> None:
        if case.needs_triage and (age < 2 or not self._sort(case)):
            return
        if self._turned_aside(case, age):
            return
        stays = self.chance.random()
        if age < 1 or stays < 0.05:
            return
        worker = self._worker(case)
        if worker is None:
            return
        case = services.take_case(case, worker, self._after(case, 4))
        if age < 3 or stays < 0.09:
            return
        if stays < 0.14:
            services.ask_applicant(
                case, "Укажите номер подъезда и когда удобно прийти мастеру.", worker, self._after(case, 10)
            )
            return
        self._answer(case, worker, age, stays)

    def _sort(self, case: Case) -> bool:
        """The curator names topic and body; returns False when there is nobody to do it."""
        if self.sorter is None:
            return False
        moment = self._after(case, 2)
        topic = case.topic or Topic.objects.order_by("?").first()
        if topic:
            services.set_topic(case, topic, self.sorter, moment)
        body = proposed_body(case).rule
        chosen = next((one for one in self.bodies if body and one.pk == body.body_id), None)
        services.assign_case(
            case, chosen or self.chance.choice(self.bodies), self.sorter, moment, "разобрано куратором"
        )
        case.refresh_from_db()
        return True

    def _turned_aside(self, case: Case, age: float) -> bool:
        if case.kind != "appeal" or age < 5 or self.sorter is None:
            return False
        dice = self.chance.random()
        if dice < 0.06 and self.outer:
            services.forward_case(
                case,
                self.chance.choice(self.outer),
                "вопрос решает этот орган",
                self.sorter,
                self._after(case, 40),
            )
            return True
        if dice < 0.08:
            services.leave_case(case, "no_essence", self.sorter, self._after(case, 60))
            return True
        if dice < 0.14 and age > 10 and self.signer:
            services.extend_term(
                case, 15, "запрошены документы у подрядчика", self.signer, self._after(case, 180)
            )
        return False

    def _worker(self, case: Case) -> User | None:
        own = people_with("cases.work", self.town, case.body).order_by("id").first() if case.body else None
        return own or self._who("cases.work")

    def _answer(self, case: Case, worker: User, age: float, stays: float) -> None:
        moment = self._after(case, 30)
        sample = self.maker.sample_of[case.raw.outer_id] if case.raw else self.maker.samples[0]
        kind = "interim" if self.chance.random() < 0.1 else "solved" if sample.solvable else "explained"
        promise = self.calendar.next_working_day(
            self.now.date() + timedelta(days=self.chance.randrange(1, 12))
        )
        text = self._text(case, sample, moment)
        services.save_draft(case, text, kind, promise if kind == "interim" else None, 0, worker)
        services.submit_answer(case, worker, moment)
        approver = self._approver(case, worker)
        if stays < 0.2 or approver is None:
            return
        if stays < 0.26:
            services.return_answer(
                case,
                "Нет срока и исполнителя. Напишите, кто и когда сделает.",
                approver,
                self._after(case, 34),
            )
            return
        services.approve_answer(case, approver, self._after(case, 36))
        signer = self.signer if route_of(case).signature == "required" else approver
        if stays < 0.32 or signer is None:
            return
        services.sign_answer(case, signer, self._after(case, 40))
        case.refresh_from_db()
        if case.state == "placing" and self.sender and stays > 0.36:
            link = f"https://example.org/answer/{case.pk}"
            services.mark_placed(case, link, self.sender, self._after(case, 42))
            case.refresh_from_db()
        if case.state == "sent" and age > LONGEST_DRAFT:
            self._after_answer(case)

    def _text(self, case: Case, sample: Sample, moment: datetime) -> str:
        promise = self.calendar.next_working_day((moment + timedelta(days=6)).date())
        return "Здравствуйте. " + (
            sample.answer.replace("{past}", f"{moment:%d.%m.%Y}")
            .replace("{date}", f"{promise:%d.%m.%Y}")
            .replace("{street}", case.street or "вашей улице")
            .replace("{house}", case.house or "вашего дома")
            .replace("{settlement}", case.settlement.name if case.settlement else "ваш посёлок")
        )

    def _after_answer(self, case: Case) -> None:
        dice = self.chance.random()
        if dice < 0.45:
            score = self.chance.choices([5, 4, 3, 2, 1], weights=[9, 5, 2, 1, 1])[0]
            take_score(invite(case, self._after(case, 50)), score, [], "", self._after(case, 60))
        case.refresh_from_db()
        if dice > 0.3 and case.state == "sent":
            services.close_case(case, None, self._after(case, 72))
