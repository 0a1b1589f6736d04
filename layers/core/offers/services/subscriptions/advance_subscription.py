"""Do what one message to the lifecycle workers asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.due_task import Task
from offers.services.subscriptions.step_taken import StepTaken

if TYPE_CHECKING:
    from offers.domain.due_task import DueTask
    from offers.services.subscriptions.deactivate_service import DeactivateService
    from offers.services.subscriptions.expire_subscription import ExpireSubscription
    from offers.services.subscriptions.remind_subscriber import RemindSubscriber
    from offers.services.subscriptions.renew_automatically import RenewAutomatically


@dataclass(frozen=True)
class AdvanceSubscription:
    """Every task looks first whether it is still due: an old or repeated message is harmless."""

    remind: RemindSubscriber
    renew: RenewAutomatically
    expire: ExpireSubscription
    deactivate: DeactivateService

    def __call__(self, due: DueTask) -> StepTaken:
        """Raises SubscriptionNotFound or StoreUnavailable."""
        match due.task:
            case Task.REMIND:
                return StepTaken(self.remind(due.subscription_id))
            case Task.RENEW:
                return self.renew(due.subscription_id)
            case Task.EXPIRE:
                return StepTaken(self.expire(due.subscription_id))
            case Task.DEACTIVATE:
                return StepTaken(self.deactivate(due.subscription_id))
