"""What of the directory follows a person into another record of hers (plaza.core.merging)."""

from typing import Final

from plaza.core.merging import Follows, Stays
from plaza.directory.choices import ClaimState
from plaza.directory.models import (
    Claim,
    Expertise,
    FocalPoint,
    HandOver,
    KnownAddress,
    Membership,
    NetworkMembership,
    Person,
    Profile,
)

FOLLOWING: Final[dict[str, Follows | Stays]] = {
    "directory.Membership.person": Follows(
        lambda pk: Membership.objects.filter(person=pk),
        same=("post_id", "start"),
        fills=("end",),
        brings=(Follows(lambda pk: HandOver.objects.filter(membership=pk), field="membership_id", same=("ends_on",)),),
    ),
    "directory.NetworkMembership.focal_point": Follows(
        lambda pk: NetworkMembership.objects.filter(focal_point=pk), field="focal_point_id"
    ),
    "directory.FocalPoint.person": Follows(lambda pk: FocalPoint.objects.filter(person=pk)),
    "directory.Person.merged_into": Follows(lambda pk: Person.objects.filter(merged_into=pk), field="merged_into_id"),
    # Of what there can be one a person, that of the record that stays counts; the other waits where it is.
    "directory.KnownAddress.person": Follows(lambda pk: KnownAddress.objects.filter(person=pk), same=(), is_left=True),
    "directory.Profile.person": Follows(lambda pk: Profile.objects.filter(person=pk), same=(), is_left=True),
    "directory.Expertise.person": Follows(
        lambda pk: Expertise.objects.filter(person=pk), same=("topic_id",), is_left=True
    ),
    # A code was written for one record; whoever has it is taken to the one that stays (claims._accept).
    "directory.Claim.person": Follows(lambda pk: Claim.objects.filter(person=pk).exclude(state=ClaimState.CODE)),
    "directory.Twins.first": Stays("It tells which two records were compared."),
    "directory.Twins.second": Stays("It tells which two records were compared."),
    "directory.Merge.kept": Stays("It tells what was merged, so that it can be undone."),
    "directory.Merge.gone": Stays("It tells what was merged, so that it can be undone."),
}
