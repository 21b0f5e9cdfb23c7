"""Deeds that carry out duties as a person knows them: what the button says and on which screen it stands.

The services carry the mark `carries_out`; a marked service without its words here fails the test of this module.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from otklik.charter.carrying import deeds_of


@dataclass(frozen=True)
class DeedLink:
    """A deed in words and the address where it is done."""

    words: str
    link: str


AFFAIRS, LIST = "desk:coordination", "desk:list"
WORDS: dict[str, tuple[str, str]] = {
    "accounts.services.give_role": ("Дать роль", "desk:people"),
    "accounts.services.name_specialist": ("Назвать специалиста блока", "desk:people"),
    "analytics.criteria.services.decide": ("Решить по находке: слабая сторона", "desk:findings"),
    "analytics.criteria.services.evaluate": ("Автоматический анализ по критериям", "desk:findings"),
    "analytics.criteria.services.note_growth": ("Записать причину роста", "desk:findings"),
    "analytics.heatmap.slices.hand_slice": ("Передать срез карты", "desk:heatmap_slices"),
    "analytics.heatmap.slices.keep_slice": ("Сохранить срез карты", "desk:heatmap"),
    "analytics.rating.services.freeze": ("Заморозить рейтинг", "desk:rating"),
    "analytics.services.correct": ("Пересчёт показателей каждую ночь", "desk:measures"),
    "analytics.targets.services.hand_down": ("Довести целевой показатель", "desk:kpi"),
    "analytics.targets.services.set_direction": ("Утвердить направление развития", "desk:kpi"),
    "cases.services.answers.approve_answer": ("Согласовать ответ", LIST),
    "cases.services.answers.mark_placed": ("Отметить размещение ответа", LIST),
    "cases.services.answers.save_draft": ("Подготовить ответ", LIST),
    "cases.services.answers.sign_answer": ("Подписать и отправить ответ", LIST),
    "cases.services.branches.forward_case": ("Переадресовать", LIST),
    "cases.services.intake.register_case": ("Зарегистрировать карточку", "desk:new"),
    "cases.services.sorting.set_topic": ("Уточнить тему", "desk:triage"),
    "cases.services.work.assign_case": ("Назначить исполнителя", "desk:triage"),
    "cases.services.work.pass_on": ("Передать другому органу", LIST),
    "cases.services.work.reveal_personal": ("Показать личные данные, с записью в журнал", LIST),
    "cases.services.work.take_case": ("Взять в работу", LIST),
    "charter.services.change_parameter": ("Изменить параметр", "desk:parameters"),
    "office.coordination.services.affairs.hold_affair": ("Записать итог встречи, учёбы, помощи", AFFAIRS),
    "office.coordination.services.inquiries.ask": ("Запросить материалы", "desk:requests"),
    "office.coordination.services.papers.issue_method": ("Выпустить методический материал", "desk:methods"),
    "office.coordination.services.papers.put_visa": ("Поставить визу блока", "desk:visas"),
    "office.coordination.services.plans.approve_plan": ("Утвердить план работы", "desk:plans"),
    "office.coordination.services.proposals.propose": ("Предложить участие подразделения", "desk:proposals"),
    "office.errands.services.carrying.act": ("Взять, доложить, принять поручение", "desk:errands"),
    "office.errands.services.giving.give": ("Дать поручение", "desk:errand_new"),
    "office.errands.of_risks.give_for_risk": ("Дать поручение по риску", "desk:risks"),
    "office.services.agenda.add_material": ("Приложить материал к повестке", "desk:meetings"),
    "office.services.agenda.decide_proposal": ("Решить по предложению члена", "desk:meetings"),
    "office.services.agenda.propose": ("Внести предложение в повестку", "desk:meetings"),
    "office.services.convening.agree": ("Согласовать повестку и время", "desk:meetings"),
    "office.services.convening.convene": ("Созвать заседание", "desk:meeting_new"),
    "office.services.convening.hold": ("Отметить, что мероприятие состоялось", "desk:meetings"),
    "office.services.convening.invite_guest": ("Пригласить эксперта", "desk:meetings"),
    "office.services.convening.pick_members": ("Выбрать участников", "desk:meetings"),
    "office.services.convening.prepare": ("Поручить подготовку", "desk:meetings"),
    "office.services.running.add_decision": ("Записать решение в протокол", "desk:meetings"),
    "office.services.running.attend": ("Отметить присутствие", "desk:meetings"),
    "office.services.running.give_opinion": ("Дать мнение заочно", "desk:meetings"),
    "office.services.running.name_keeper": ("Назвать ведущего протокол", "desk:meetings"),
    "office.services.running.save_decision": ("Изменить решение протокола", "desk:meetings"),
    "office.services.running.start": ("Открыть заседание", "desk:meetings"),
    "office.services.running.write": ("Вести протокол", "desk:meetings"),
    "office.services.signing.send": ("Разослать протокол", "desk:meetings"),
    "office.services.signing.sign": ("Подписать протокол", "desk:meetings"),
    "risks.campaigns.services.approval.approve": ("Утвердить предупредительную кампанию", "desk:campaigns"),
    "risks.campaigns.services.approval.send": ("Отправить кампанию на согласование", "desk:campaigns"),
    "risks.campaigns.services.calendar.add_threat": ("Внести угрозу в календарь", "desk:threat_new"),
    "risks.campaigns.services.calendar.adopt_starter": ("Взять начальный перечень угроз", "desk:threats"),
    "risks.campaigns.services.calendar.change_threat": ("Изменить угрозу", "desk:threats"),
    "risks.campaigns.services.calendar.revise": ("Пересмотреть перечень угроз", "desk:threats"),
    "risks.campaigns.services.calling.call_by_hand": ("Записать тему для кампании", "desk:campaigns"),
    "risks.campaigns.services.calling.propose": ("Поиск тем для кампаний каждую ночь", "desk:campaigns"),
    "risks.campaigns.services.calling.tell_chat": ("Передать тему в алерт-чат", "desk:campaigns"),
    "risks.campaigns.services.effects.count_effect": (
        "Подсчёт эффекта кампании каждую неделю",
        "desk:campaigns",
    ),
    "risks.campaigns.services.running.finish": ("Завершить кампанию с итогом", "desk:campaigns"),
    "risks.campaigns.services.running.note_part": ("Записать участие в кампании", "desk:campaigns"),
    "risks.campaigns.services.running.settle_posts": ("Отметить вышедшие записи кампании", "desk:campaigns"),
    "risks.campaigns.services.starting.start": ("Составить план кампании", "desk:campaign_own"),
    "risks.campaigns.services.starting.start_from": ("Начать кампанию одним нажатием", "desk:campaign_new"),
    "risks.campaigns.services.steps.report_step": ("Отметить шаг кампании", "desk:campaigns"),
    "risks.chat.services.say": ("Сообщить в алерт-чат", "desk:risk_chat"),
    "risks.services.answering.compensate": ("Записать компенсирующую публикацию", "desk:risks"),
    "risks.services.answering.control": ("Проверить размещение ответа", "desk:risks"),
    "risks.services.answering.place": ("Записать размещение ответа", "desk:risks"),
    "risks.services.answering.placed": ("Отметить: ответ размещён везде", "desk:risks"),
    "risks.services.chatting.report": ("Отчитаться об отработке в чате", "desk:risks"),
    "risks.services.chatting.tell_chat": ("Сообщить о риске в алерт-чат", "desk:risks"),
    "risks.services.chatting.tell_progress": ("Сообщить в алерт-чат о мерах", "desk:risks"),
    "risks.services.checking.note_unknown": ("Уведомить о неизвестных обстоятельствах", "desk:risks"),
    "risks.services.checking.verify": ("Записать итог проверки риска", "desk:risks"),
    "risks.services.deciding.begin_roadmap": ("Начать дорожную карту по риску", "desk:risks"),
    "risks.services.ending.close": ("Закрыть риск по наблюдению", "desk:risks"),
    "risks.services.ending.observe": ("Записать наблюдение реакции", "desk:risks"),
    "risks.services.finding.found": ("Завести риск", "desk:risk_new"),
    "risks.services.finding.set_level": ("Изменить уровень риска", "desk:risks"),
    "risks.services.watching.list_prone": ("Внести рискогенную тему", "desk:risk_prone"),
    "risks.services.watching.log_look": ("Записать просмотр страницы", "desk:risk_watch"),
    "risks.services.working.add_measure": ("Записать меру по риску", "desk:risks"),
    "risks.services.working.tell": ("Записать оповещение по уровню", "desk:risks"),
    "outreach.content.services.approving.approve": ("Согласовать публикацию", "desk:content_approval"),
    "outreach.content.services.placing.place_by_hand": ("Отметить размещение записи", "desk:content"),
    "outreach.content.services.publics.export_publics": (
        "Выгрузить записи для «Госпабликов»",
        "desk:content_publics",
    ),
    "outreach.content.services.publics.mark_publics": ("Отметить выход через «Госпаблики»", "desk:content"),
    "outreach.content.services.writing.plan": ("Поставить запись на день и час", "desk:content"),
    "outreach.content.services.writing.write": ("Составить материал для публикации", "desk:content_new"),
    "outreach.services.media.note_talk": ("Записать контакт со СМИ", "desk:media"),
    "outreach.services.open_data.issue_dataset": ("Выпустить открытые данные", "desk:open_data"),
    "outreach.services.pages.add_page": ("Внести официальную страницу", "desk:page_new"),
    "outreach.services.pages.change_page": ("Изменить запись о странице", "desk:pages"),
    "outreach.services.pages.keep_check": ("Проверка официальных страниц раз в сутки", "desk:pages"),
    "outreach.services.pages.note_law_check": ("Сверить страницу с 8-ФЗ", "desk:pages"),
    "outreach.services.publications.publish": ("Внести публикацию", "desk:publication_new"),
    "outreach.services.releases.send_release": ("Разослать пресс-релиз", "desk:releases"),
    "outreach.polls.services.drafting.draft": ("Составить опрос", "desk:poll_new"),
    "outreach.polls.services.outcome.bring_results": ("Внести итоги из ПОС", "desk:polls"),
    "outreach.polls.services.outcome.publish_outside": ("Записать публикацию опроса в ПОС", "desk:polls"),
    "outreach.polls.services.outcome.sum_up": ("Подвести итоги опроса", "desk:polls"),
    "outreach.polls.services.placing.place": ("Разместить опрос на страницах", "desk:polls"),
    "outreach.polls.services.proposals.answer_proposal": ("Ответить на предложение жителя", "desk:polls"),
    "outreach.polls.services.voting.cast": ("Принять голос на открытой странице", "desk:polls"),
    "problems.advice.services.outcome.record_effect": ("Записать эффект", "desk:advice"),
    "problems.advice.services.outcome.report_adoption": ("Доложить о внедрении", "desk:advice"),
    "problems.advice.services.priorities.make_priority": ("Назвать приоритет", "desk:priorities"),
    "problems.advice.services.proposing.advise": ("Внести рекомендацию", "desk:advice_new"),
    "problems.advice.services.proposing.decide": ("Решить по рекомендации", "desk:advice"),
    "problems.asking.services.find_questions": ("Очередь вопросов к жителям", "desk:poll_queue"),
    "problems.fast_track.services.designing.add_measure": ("Добавить меру механизма", "desk:fast_track"),
    "problems.fast_track.services.designing.design": ("Составить механизм", "desk:mechanism_new"),
    "problems.fast_track.services.proposing.propose": ("Поиск повторяющихся тем", "desk:fast_track"),
    "problems.fast_track.services.running.approve": ("Утвердить механизм", "desk:fast_track"),
    "problems.fast_track.services.running.measure_gain": ("Измерить выигрыш", "desk:fast_track"),
    "problems.roadmaps.services.approval.decide": ("Утвердить дорожную карту", "desk:roadmaps"),
    "problems.roadmaps.services.drafting.draft_roadmap": ("Составить дорожную карту", "desk:roadmap_new"),
    "problems.roadmaps.services.effects.count_effect": ("Посчитать эффект", "desk:roadmaps"),
    "problems.services.causes.name_root": ("Назвать первопричину", "desk:problems"),
    "problems.services.deciding.move": ("Подтвердить и вести проблему", "desk:problems"),
    "problems.services.outer.list_outer": ("Загрузить внешний перечень", "desk:problems_outer"),
    "problems.services.raising.propose": ("Поиск проблем в карточках", "desk:problems"),
    "problems.services.raising.raise_problem": ("Завести проблему", "desk:problem_new"),
    "reports.materials.assemble": ("Собрать материалы по запросу", "desk:reports"),
    "reports.materials.withdraw": ("Отозвать запрос материалов", "desk:reports"),
    "reports.services.approve": ("Подписать записку", "desk:reports"),
    "reports.services.confirm_block": ("Подтвердить часть блока", "desk:reports"),
    "reports.worth_telling.services.draft": ("Составить публикацию по анализу", "desk:content_ideas"),
    "routing.services.change_rule": ("Изменить автоправило", "desk:rules"),
    "routing.services.make_rule": ("Составить автоправило", "desk:rules"),
    "satisfaction.services.close_recheck": ("Закрыть повторную проверку", "desk:rechecks"),
    "satisfaction.services.find_invitation": ("Открыть страницу оценки", "desk:satisfaction"),
    "satisfaction.services.take_score": ("Принять оценку заявителя", "desk:satisfaction"),
    "satisfaction.studies.keep_study": ("Записать исследование", "desk:satisfaction"),
}


def deed_links(clause_id: str) -> list[DeedLink]:
    """Deeds that carry out the duty, each once, in the order of the catalogue."""
    names = {one.name for one in deeds_of(clause_id)}
    return list(dict.fromkeys(DeedLink(*spoken) for name, spoken in spoken_of(names)))


def spoken_of(names: Iterable[str]) -> list[tuple[str, tuple[str, str]]]:
    """The words and the address of each deed that has them."""
    wanted = {name.removeprefix("otklik."): name for name in names}
    return [
        (wanted[short], (words, reverse(page))) for short, (words, page) in WORDS.items() if short in wanted
    ]
