"""Words of the journal for people and rights."""

WORDS = {
    "accounts.user_made": "заведена учётная запись",
    "accounts.password_renewed": "дан новый первый пароль, код входа снят",
    "accounts.body_added": "добавлен орган",
    "accounts.body_renamed": "орган переименован",
    "accounts.body_closed": "орган закрыт",
    "accounts.post_added": "добавлена должность",
    "accounts.user_closed": "учётная запись закрыта",
    "accounts.user_reopened": "учётная запись снова открыта",
    "accounts.erased": "учётная запись обезличена по сроку хранения",
    "accounts.role_given": "дана роль",
    "accounts.role_ended": "роль снята",
    "accounts.specialist_named": "назначен специалист блока",
    "accounts.absence_set": "назначен замещающий на время отсутствия",
    "accounts.people_loaded": "состав загружен из положения",
}
