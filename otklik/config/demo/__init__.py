"""The demo town: people for each role and some hundreds of cases in every state, made through the services."""
