"""The screens of playbooks: the library, a playbook in use, and what comes from elsewhere."""
