from LSP.plugin import AbstractPlugin, register_plugin, unregister_plugin


class UnitWarden(AbstractPlugin):
    """LSP looks for the settings LSP-NAME of the package LSP-NAME."""

    @classmethod
    def name(cls):
        return "unit-warden"


def plugin_loaded():
    register_plugin(UnitWarden)


def plugin_unloaded():
    unregister_plugin(UnitWarden)
