"""Run by the Python that QGIS is installed for: add a layer of an OGC API, and tell its CRS, and name and shape of each feature.

qgis_reads.py URL COLLECTION CRS [CERTIFICATE]
"""

import json
import sys

from qgis.core import QgsApplication, QgsVectorLayer
from qgis.PyQt.QtNetwork import QSslCertificate, QSslConfiguration

QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], False)
app.initQgis()
url, collection, system, *certificates = sys.argv[1:]
trusted = QSslConfiguration.defaultConfiguration()
for one in certificates:  # as an office's own authority is told to QGIS: settings, options, authentication
    found = QSslCertificate.fromPath(one)
    trusted.setCaCertificates([*trusted.caCertificates(), *found])
    QgsApplication.authManager().storeCertAuthorities(found)
    QgsApplication.authManager().initSslCaches()
QSslConfiguration.setDefaultConfiguration(trusted)
layer = QgsVectorLayer(f"url='{url}' typename='{collection}' srsname='{system}' pagingEnabled='true'", "x", "OAPIF")
assert layer.isValid(), layer.error().message()
read = {one["id"]: [one["name"], one.geometry().asWkt(5)] for one in layer.getFeatures()}
print("FOUND" + json.dumps([layer.crs().authid(), read]))
del layer  # before QGIS ends
app.exitQgis()
