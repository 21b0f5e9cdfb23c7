"""Sign-in through ЕСИА («Госуслуги») for citizens and staff: an allauth provider with ЕСИА's own shape of requests.

`signer` is the port of the signature, `client` the requests, `provider` and `views` the flow, `person` what we take.
Facts of the outer API are from the public methodical recommendations on the use of ЕСИА; an installation checks them
against the edition its technology portal names.
"""
