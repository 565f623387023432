"""Run by the Python that QGIS is installed for: open the project of a GeoPackage, draw it, and tell what is there as JSON.

qgis_sees.py FILE PICTURE WEST,SOUTH,EAST,NORTH
"""

import json
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor


def told(layer):
    kind = layer.geometryType() if layer.isSpatial() else -1
    return {
        "valid": layer.isValid(),
        "features": layer.featureCount(),
        "shape": {0: "点", 1: "线", 2: "面"}.get(kind, ""),
        "crs": layer.crs().authid(),
        "named": layer.labelsEnabled(),
        "aliases": {field.name(): layer.attributeDisplayName(at) for at, field in enumerate(layer.fields())},
    }


def related(relation):
    feature = next(relation.referencedLayer().getFeatures())
    many = [one["quote"] for one in relation.getRelatedFeatures(feature)]
    return {"valid": relation.isValid(), "id": feature["id"], "quotes": many}


def picture(layers, crs, bounds, path):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(crs)
    settings.setOutputSize(QSize(900, 700))
    settings.setBackgroundColor(QColor("white"))
    settings.setExtent(QgsRectangle(*bounds))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(path)
    return [error.message for error in job.errors()]


def main(file, drawn, bounds):
    application = QgsApplication([], False)
    application.initQgis()
    project = QgsProject.instance()
    read = project.read(f"geopackage:{file}?projectName=川规图")
    root = project.layerTreeRoot()
    order = root.layerOrder()
    relations = project.relationManager().relations().values()
    print(
        json.dumps(
            {
                "read": read,
                "crs": project.crs().authid(),
                "layers": {one.name(): told(one) for one in project.mapLayers().values()},
                "order": [one.name() for one in order],
                "groups": {one.name(): [leaf.name() for leaf in one.findLayers()] for one in root.findGroups()},
                "relations": {one.name(): related(one) for one in relations},
                "view": project.viewSettings().defaultViewExtent().isNull(),
                "errors": picture(order, project.crs(), [float(one) for one in bounds.split(",")], drawn),
            }
        )
    )


main(*sys.argv[1:])
