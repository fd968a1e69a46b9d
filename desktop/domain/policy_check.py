"""Holds a policy to its own worked examples."""

from desktop.domain.errors import DeskError
from desktop.domain.policy import Policy, WorkedExample
from desktop.domain.priority import Score, assess


def assess_example(example: WorkedExample, policy: Policy) -> Score:
    """What a worked example comes to under a policy."""
    return assess(
        policy,
        business_impact=example.business_impact,
        tier=example.tier,
        revenue=example.revenue,
        reputational_risk=example.reputational_risk,
        severity=example.severity,
    )


def check_examples(policy: Policy) -> None:
    """Raises: DeskError for the first worked example that says another score or priority than it has."""
    for i, example in enumerate(policy.examples):
        found = assess_example(example, policy)
        for part, said, computed in (
            ("score", example.score, found.value),
            ("priority", example.priority, found.priority),
        ):
            if said != computed:
                path = f"examples[{i}].{part}"
                raise DeskError(
                    f"{path}: the example “{example.title}” says {said} but comes to {computed}.",
                    field=path,
                    hint="Correct the example, or the weights and bands.",
                )
