"""Open311 GeoReport v2: services, requests, tokens in XML and JSON, for applications made for any town of the world.

A town opens this door by the setting `open311` of a channel of kind `api`; `jurisdiction_id` is the town's key.
"""
