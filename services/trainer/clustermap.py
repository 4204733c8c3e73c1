"""The clusters as a map: rows along the two widest directions of the space they were clustered in, with their silhouettes."""

import numpy as np
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_samples
from sklearn.pipeline import Pipeline

from services.trainer.ranks import FloatArray, tidy
from services.trainer.table import Table
from shared.contracts.diagnostics import Cluster, ClusterMap, MapPoint

_DIGITS = 6


def cluster_map(clusters: Pipeline, values: FloatArray, table: Table) -> ClusterMap | None:
    """Where each row lies, from the fitted clustering pipeline and the features (n, p); None with a single cluster."""
    labels = np.asarray(clusters[-1].labels_)
    space = clusters[:-1].transform(values)
    if len(set(labels.tolist())) < 2 or min(space.shape) < 2:
        return None
    axes = PCA(2, svd_solver="full").fit(space)
    places, silhouettes = axes.transform(space), silhouette_samples(space, labels)
    return ClusterMap(
        explained=(_share(axes, 0), _share(axes, 1)),
        clusters=tuple(_cluster(int(label), table.target[labels == label]) for label in np.unique(labels)),
        points=tuple(
            MapPoint(
                row_id=row_id,
                x=round(float(place[0]), _DIGITS),
                y=round(float(place[1]), _DIGITS),
                cluster=int(label),
                silhouette=round(float(silhouette), _DIGITS),
            )
            for row_id, place, label, silhouette in zip(table.ids, places, labels, silhouettes, strict=True)
        ),
    )


def _share(axes: PCA, axis: int) -> float:
    return round(min(1.0, float(axes.explained_variance_ratio_[axis])), _DIGITS)


def _cluster(label: int, target: FloatArray) -> Cluster:
    return Cluster(cluster=label, n=len(target), median=tidy(float(np.median(target))))
