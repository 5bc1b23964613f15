"""The peer: OHIF as its package ships it, behind nginx, on Debian's Orthanc with its DICOMweb plugin."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench.ingest.servers import Server, free_port, running

OHIF: Final = "@ohif/app@3.13.2"
_INTEGRITY: Final = "WZdxmpmG7rqFgW9ZJLcbgr3XCtLi1KDNPoMaeY5PPe6j4G4fjEjjkycZM6C6Zk2F87BKxFfpq+jd5xXZB9E8EA=="
_NPM: Final = Path(sys.executable).parent / "npm"
_PLUGINS: Final = Path("/usr/share/orthanc/plugins/libOrthancDicomWeb.so")
_TEXT: Final = (".js", ".css", ".html", ".json", ".svg", ".wasm")

SEEN: Final = {"shownTours": '["basicViewerTour"]'}
"""What the browser of a reader remembers who has seen OHIF's tour, which would lie over the image."""

_CONFIGURATION: Final = """window.config = {
  routerBasename: null, extensions: [], modes: [], showStudyList: true, maxNumberOfWebWorkers: 3,
  investigationalUseDialog: { option: 'never' },
  showLoadingIndicator: true, strictZSpacingForVolumeViewport: true, defaultDataSourceName: 'dicomweb',
  maxNumRequests: { interaction: 100, thumbnail: 75, prefetch: 25 },
  dataSources: [{ namespace: '@ohif/extension-default.dataSourcesModule.dicomweb', sourceName: 'dicomweb',
    configuration: { friendlyName: 'Orthanc', name: 'Orthanc', wadoUriRoot: '/dicom-web', qidoRoot: '/dicom-web',
      wadoRoot: '/dicom-web', qidoSupportsIncludeField: false, imageRendering: 'wadors', thumbnailRendering: 'wadors',
      enableStudyLazyLoad: true, supportsFuzzyMatching: false, supportsWildcard: true,
      omitQuotationForMultipartRequest: true,
      bulkDataURI: { enabled: true } } }],
};
"""

_NGINX: Final = """{user}daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; worker_processes 2;
events {{ worker_connections 512; }}
http {{
  include /etc/nginx/mime.types; types {{ application/wasm wasm; }}
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/a; uwsgi_temp_path {folder}/b; scgi_temp_path {folder}/c;
  sendfile on; keepalive_timeout 65; gzip_static on; proxy_buffering on;
  server {{
    listen 127.0.0.1:{port}; root {site};
    location /dicom-web/ {{ proxy_pass http://127.0.0.1:{orthanc}; proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Connection ""; }}
    location / {{ try_files $uri /index.html; }}
  }}
}}
"""


@contextmanager
def ohif_on_orthanc(folder: Path) -> Iterator[Server]:
    """OHIF at `http`, its Orthanc's DIMSE at `port`."""
    with _orthanc(folder) as orthanc:
        port = free_port()
        text = _NGINX.format(
            user="user root; " if os.geteuid() == 0 else "",
            folder=folder,
            port=port,
            site=_site(folder),
            orthanc=orthanc.http,
        )
        (folder / "nginx.conf").write_text(text)
        with running(["nginx", "-c", str(folder / "nginx.conf")], folder / "nginx.out", port) as process:
            yield Server("ORTHANC", orthanc.port, port, process)


@contextmanager
def _orthanc(folder: Path) -> Iterator[Server]:
    port, http = free_port(), free_port()
    folder.mkdir(parents=True)
    configuration = {
        "StorageDirectory": str(folder / "storage"),
        "IndexDirectory": str(folder / "storage"),
        "DicomPort": port,
        "HttpPort": http,
        "RemoteAccessAllowed": False,
        "AuthenticationEnabled": False,
        "DicomAlwaysAllowStore": True,
        "DicomAet": "ORTHANC",
        "DicomCheckCalledAet": False,
        "StableAge": 1,
        "Plugins": [str(_PLUGINS)],
        "DicomWeb": {"Enable": True, "Root": "/dicom-web/"},
    }
    (folder / "orthanc.json").write_text(json.dumps(configuration))
    with running(["Orthanc", str(folder / "orthanc.json")], folder / "log", port) as process:
        yield Server("ORTHANC", port, http, process)


def _site(folder: Path) -> Path:
    """OHIF's files with our one data source; each text compressed beside itself, as a hospital's proxy sends it."""
    said = subprocess.run(
        [_NPM, "pack", OHIF, "--json", "--pack-destination", folder], check=True, capture_output=True, text=True
    )
    archive = folder / json.loads(said.stdout)[0]["filename"]
    if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != _INTEGRITY:
        raise RuntimeError(f"{OHIF} is not the package that was compared before")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    site = folder / "package" / "dist"
    shutil.rmtree(site / "ort", ignore_errors=True)  # a runtime for segmentation models, 136 MB, not loaded here
    (site / "app-config.js").write_text(_CONFIGURATION)
    for path in site.rglob("*"):
        if path.is_file() and path.suffix in _TEXT:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), 6))
    return site
