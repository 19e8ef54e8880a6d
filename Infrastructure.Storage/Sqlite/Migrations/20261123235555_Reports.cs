using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConnectFour.Infrastructure.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Reports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "reports",
                columns: table => new
                {
                    game = table.Column<long>(type: "INTEGER", nullable: false),
                    scores = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reports", x => x.game);
                    table.ForeignKey(
                        name: "FK_reports_games_game",
                        column: x => x.game,
                        principalTable: "games",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "reports");
        }
    }
}
