"""Who does it, how they are taught and asked, and the act they stand on."""

from datetime import timedelta

from otklik.accounts.models import Post, Role
from otklik.accounts.services import Appointment, give_role, make_user
from otklik.cases import services as cases
from otklik.charter.files import preset_folders
from otklik.charter.services import load_charter
from otklik.common.period import Period
from otklik.config.demo.papers import sign_paper
from otklik.office.coordination.services.inquiries import Asked as Request
from otklik.office.coordination.services.inquiries import ask
from otklik.office.coordination.services.papers import METHOD_MAKERS, MethodWords, issue_method
from otklik.reports.materials import Asked, assemble, confirm_part, fill_part, take_request
from tests.charter.centre import Centre
from tests.charter.planters.charter import acts, put
from tests.charter.told.records import affair
from tests.charter.told.tale import carries


def unapproved(centre: Centre) -> None:
    """The charter itself is the proof: it first approves no procedure of risks."""
    put(centre.whose, acts(approves=["charter"]))


@carries(
    "DOCREQUEST",
    borovichi=("BOR-3.2.г",),
    demyansk=("DEM-2.4.6",),
    mikhaylovka=("MIH-3.1", "MIH-3.2.10"),
    lovozero=("LOV-4.2.4",),
    bogotol=("BOG-III.5.1",),
)
def materials_are_asked_for_both_ways(centre: Centre) -> None:
    """The centre asks a body; the region asks the centre, a block writes its part, one paper leaves."""
    due = centre.today + timedelta(days=6)
    request = Request("statistics", "Дороги", "Сколько заявок принято?", due, [centre.body])
    ask(centre.whose, request, centre.who("office.errands"), centre.now)
    composer, signer = centre.who("reports.compose"), centre.who("reports.verify")
    days = Period(centre.today - timedelta(days=10), centre.today - timedelta(days=3))
    letter = Asked("ЦУР", "Сведения о дорогах.", days, due, [centre.block.key])
    taken = take_request(centre.whose, letter, composer, centre.now)
    for part in taken.parts.all():
        writer = next(iter(centre.cast.of_block(part.block_key)), signer)
        fill_part(part, "Работы идут по плану, замечания разобраны.", writer, centre.now)
        confirm_part(part, writer, centre.now)
    paper = assemble(taken, composer, centre.now)
    sign_paper(paper, (composer, signer), centre.now - timedelta(hours=5))


@carries(
    "TRAINING",
    demyansk=("DEM-2.2.10",),
    mikhaylovka=("MIH-1.1.5.1", "MIH-1.4.7", "MIH-4.1.2.2"),
    bogotol=("BOG-III.4.1.1",),
)
def people_are_taught(centre: Centre) -> None:
    """A training with a programme and its result; a method note for those who answer."""
    affair(centre, "training", "Ответы в соцсетях простыми словами")
    maker = next(one for key in METHOD_MAKERS for one in centre.cast.everyone(key))
    words = MethodWords("Как отвечать", "answers", "Сначала что сделано, потом день и кто отвечает.")
    issue_method(centre.whose, words, [], maker, centre.now)


@carries("SECURITY", lovozero=("LOV-3.5.1", "LOV-3.5.2"), bogotol=("BOG-III.6",))
def work_is_provided_for_and_looks_are_recorded(centre: Centre) -> None:
    """Equipment is asked for and given; a look at personal data stands in the journal."""
    affair(centre, "support", "Рабочее место сотрудника центра")
    viewer = centre.who("cases.view_personal")
    cases.reveal_personal(centre.case("pos"), viewer, centre.now, "звонок заявителю")


@carries(
    "RBAC",
    borovichi=("BOR-COMP-1", "BOR-COMP-2", "BOR-2.1.а", "BOR-2.1.б"),
    demyansk=("DEM-3.1.1", "DEM-3.1.2", "DEM-COMP-1"),
    mikhaylovka=("MIH-4.1.4", "MIH-4.1.5"),
    lovozero=("LOV-3.1.2", "LOV-COMP-2"),
    bogotol=("BOG-III.1.2", "BOG-III.1.3"),
)
def people_are_appointed(centre: Centre) -> None:
    """The centre's roles are given to people, each in their own account."""
    for key in ("curator", "head", "incident_officer", "pos_officer"):
        role = Role.objects.filter(municipality=centre.whose, key=key).first()
        if role is not None:
            user = make_user(centre.whose, f"new-{key}", "correct horse 59", None)
            post = Post.objects.filter(municipality=centre.whose).order_by("pk")[0]
            give_role(user, Appointment(role, centre.today, post), centre.who("accounts.manage"))


@carries("RISK", unapproved, demyansk=("DEM-ACT-4",))
def the_act_is_in_force(centre: Centre) -> None:
    """The charter that says what its act approves is put in force."""
    load_charter(preset_folders()[centre.whose.key])
