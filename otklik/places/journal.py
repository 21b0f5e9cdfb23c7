"""Words of the journal for the deeds about places."""

WORDS = {
    "places.streets_loaded": "загружен список улиц",
    "places.point_put": "поставлена точка населённого пункта",
    "places.settlements_loaded": "загружен список населённых пунктов",
}
