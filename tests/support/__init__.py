"""What tests stand on: guards, a private bus, a notification service, a virtual desktop."""
