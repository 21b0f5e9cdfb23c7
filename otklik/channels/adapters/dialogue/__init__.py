"""What bots of all messengers share: one dialogue, one way to listen to groups, one way to cut a long answer."""
